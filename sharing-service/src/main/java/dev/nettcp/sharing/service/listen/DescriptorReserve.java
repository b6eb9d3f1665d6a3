package dev.nettcp.sharing.service.listen;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One descriptor that is open for nothing. When the process has reached its limit it is given up, so that one thing more can be
 * done (a worker's control session accepted, a file read), and accepting clients pauses until it could be opened again. Any
 * thread.
 */
final class DescriptorReserve implements AutoCloseable {
    private @Nullable FileChannel reserved;
    private boolean closed;

    DescriptorReserve() {
        restore();
    }

    synchronized boolean isHeld() {
        return reserved != null;
    }

    /** The limit is reached. */
    synchronized void giveUp() {
        release();
    }

    /** As {@link #giveUp}; false if it had been given up before. */
    synchronized boolean spare() {
        boolean held = reserved != null;
        release();
        return held;
    }

    /** Tries to have it again, and one more to accept with; else accepting would only run into the limit again. */
    synchronized boolean restore() {
        if (reserved != null || closed) {
            return reserved != null;
        }
        FileChannel first = open();
        FileChannel second = open();
        close(second);
        if (second == null) {
            close(first);
            return false;
        }
        reserved = first;
        return true;
    }

    private static @Nullable FileChannel open() {
        try {
            return FileChannel.open(Path.of("/dev/null"), StandardOpenOption.READ);
        } catch (IOException atTheLimit) {
            return null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        release();
    }

    private void release() {
        close(reserved);
        reserved = null;
    }

    private static void close(@Nullable FileChannel held) {
        try {
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("/dev/null cannot be closed", e);
        }
    }
}
