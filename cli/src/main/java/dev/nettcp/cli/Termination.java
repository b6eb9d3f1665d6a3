package dev.nettcp.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM, SIGINT and SIGHUP end a command in an orderly way: the command's own thread is interrupted, cleans up and says with which
 * status the process ends. Whoever takes longer than the patience is ended without.
 */
public final class Termination {

    private static final int STATUS_OF_A_COMMAND_THAT_WAS_STOPPED = 130;

    private final Thread command;
    private final long patienceSeconds;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;
    private volatile int status = STATUS_OF_A_COMMAND_THAT_WAS_STOPPED;

    private Termination(Thread command, long patienceSeconds) {
        this.command = command;
        this.patienceSeconds = patienceSeconds;
    }

    /** From now on a signal interrupts the calling thread, which answers with {@link #finished} within the patience. */
    public static Termination interruptsThisThread(long patienceSeconds) {
        var termination = new Termination(Thread.currentThread(), patienceSeconds);
        Runtime.getRuntime().addShutdownHook(new Thread(termination::run, "termination"));
        return termination;
    }

    private void run() {
        requested = true;
        if (finished.getCount() > 0) command.interrupt();
        try {
            if (!finished.await(patienceSeconds, TimeUnit.SECONDS)) {
                System.err.println("nettcp: not everything could be stopped within " + patienceSeconds + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }

    /** Whether a signal has asked for the end. */
    public boolean isRequested() {
        return requested;
    }

    /** Everything is cleaned up; the process may end with this status. Returns the status. */
    public int finished(int status) {
        this.status = status;
        finished.countDown();
        return status;
    }
}
