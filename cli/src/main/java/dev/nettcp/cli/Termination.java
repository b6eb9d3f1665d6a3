package dev.nettcp.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * SIGTERM, SIGINT and SIGHUP end a command in an orderly way: its thread is interrupted, cleans up and says with which status the
 * process ends. A command that takes longer than the patience is ended without.
 */
final class Termination {

    /** What a shell gives to a command that ended by Ctrl-C. */
    static final int INTERRUPTED = 130;

    private static final long PATIENCE_SECONDS = 90;

    private final Thread command = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int status = INTERRUPTED;

    private Termination() {}

    /** Runs a command on this thread under this rule; the process must end with the status that this returns. */
    static int guard(IntSupplier command) {
        var termination = new Termination();
        Runtime.getRuntime().addShutdownHook(new Thread(termination::run, "termination"));
        try {
            termination.status = command.getAsInt();
        } finally {
            termination.finished.countDown();
        }
        return termination.status;
    }

    private void run() {
        if (finished.getCount() > 0) command.interrupt();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("nettcp: not everything could be stopped within " + PATIENCE_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }
}
