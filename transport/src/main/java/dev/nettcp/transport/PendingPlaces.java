package dev.nettcp.transport;

import java.util.ArrayList;
import java.util.List;

/** Counts the connections that have no session yet against maxPendingConnections, and wakes who waits for room. Thread-safe. */
final class PendingPlaces {

    private final int limit;
    private int taken;
    private List<Runnable> waiting = new ArrayList<>();

    PendingPlaces(int limit) {
        this.limit = limit;
    }

    synchronized boolean tryTake() {
        if (taken == limit) {
            return false;
        }
        taken++;
        return true;
    }

    void giveBack() {
        List<Runnable> woken;
        synchronized (this) {
            taken--;
            woken = waiting;
            waiting = new ArrayList<>();
        }
        woken.forEach(Runnable::run);
    }

    void whenRoom(Runnable action) {
        synchronized (this) {
            if (taken == limit) {
                waiting.add(action);
                return;
            }
        }
        action.run();
    }

    synchronized int taken() {
        return taken;
    }
}
