package dev.nettcp.binding;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of places, and who waits for one, in the order in which they came. Whoever gets a place that was given back is started by
 * the thread that gave it back. Any thread.
 */
final class Places {
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int taken;

    Places(int most) {
        this.most = most;
    }

    /** No limit. */
    static Places unlimited() {
        return new Places(Integer.MAX_VALUE);
    }

    /** Runs what needs a place: at once, or when one has been given back. It owes one {@link #giveBack}. */
    void take(Runnable start) {
        synchronized (this) {
            if (taken >= most) {
                waiting.add(start);
                return;
            }
            taken++;
        }
        start.run();
    }

    /** Takes a place without waiting for it, be it one too many. */
    synchronized void takeAtOnce() {
        taken++;
    }

    void giveBack() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        taken--;
        Runnable next = taken < most ? waiting.poll() : null;
        if (next != null) {
            taken++;
        }
        return next;
    }

    /** Whether anybody waits. */
    synchronized boolean isCrowded() {
        return !waiting.isEmpty();
    }

    /** Lets all who wait go on, with places too many. */
    void open() {
        for (Runnable next = admitted(); next != null; next = admitted()) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable admitted() {
        Runnable next = waiting.poll();
        if (next != null) {
            taken++;
        }
        return next;
    }
}
