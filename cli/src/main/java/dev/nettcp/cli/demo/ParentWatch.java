package dev.nettcp.cli.demo;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends this process when its parent is gone: the parent holds the other end of our standard input and never writes to it, so the end
 * of the stream comes when the parent closes it or dies, of whatever cause.
 */
final class ParentWatch {

    private ParentWatch() {}

    /** Runs the action on a thread of its own when the stream has ended. */
    static void whenGone(InputStream standardInput, Runnable action) {
        Thread watch = new Thread(
                () -> {
                    awaitEnd(standardInput);
                    action.run();
                },
                "parent watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // What is written there means nothing; only the end counts.
            }
        } catch (IOException e) {
            // A pipe that cannot be read any more has no parent at its other end either.
        }
    }
}
