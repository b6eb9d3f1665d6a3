package dev.nettcp.transport;

import java.util.ArrayList;
import java.util.List;

/** Counts the connections that have no session yet against maxPendingConnections, and wakes who waits for room. Thread-safe. */
final class PendingPlaces {

    private final int limit;
    private int taken;
    private int ahead;
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

    /** Takes a place for a connection that is not there yet, as long as half of them remain. */
    synchronized boolean tryTakeAhead() {
        if (2 * (taken + 1) > limit) {
            return false;
        }
        taken++;
        ahead++;
        return true;
    }

    /** A place taken ahead is taken like any other now: its connection is there, or it is about to be given back. */
    synchronized void noLongerAhead() {
        ahead--;
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

    /** How many connections have a place; not those that are not there yet. */
    synchronized int taken() {
        return taken - ahead;
    }
}
