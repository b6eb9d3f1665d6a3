package dev.nettcp.binding;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a session received and its handler has not come to yet, in order, and whose turn it is to work
 * on it: one at a time has it. Decides whether more may be read from the connection.
 *
 * <p>Reading pauses while the handler lags by {@link #MESSAGES} or {@link #BYTES}. It goes on up to {@link #WHILE_CALLING} times as much
 * while a call of this side waits for its reply: the reply may stand behind those messages, and the handler may be the one that waits.
 * Beyond that the call's timeout is what ends the wait. Any thread.
 */
final class Inbox<T> {
    static final int MESSAGES = 64;
    static final int BYTES = 1 << 20;
    static final int WHILE_CALLING = 64;

    private record Item<T>(T content, int bytes) {}

    private final Queue<Item<T>> items = new ArrayDeque<>();
    private final Queue<CompletableFuture<Void>> returning = new ArrayDeque<>();
    private long bytes;
    private boolean busy; // somebody has the turn
    private int away; // who gave the turn up and has not got it back

    /** Puts something behind the rest. True: nobody works on the inbox; the turn is the caller's, to find somebody for it. */
    synchronized boolean offer(T content, int size) {
        items.add(new Item<>(content, size));
        bytes += size;
        boolean start = !busy;
        busy = true;
        return start;
    }

    /** For who has the turn: what comes next. Null: the turn is gone, as there is nothing or somebody has come back for it. */
    synchronized @Nullable T next() {
        if (handOver()) {
            return null;
        }
        Item<T> item = items.poll();
        if (item == null) {
            busy = false;
            return null;
        }
        bytes -= item.bytes();
        return item.content();
    }

    /**
     * Gives the turn up in the middle of the work, to wait for something that may need others to have their turn. True: there is work, and
     * the turn is still the caller's, to find somebody for it.
     */
    synchronized boolean leave() {
        away++;
        if (handOver()) {
            return false;
        }
        busy = !items.isEmpty();
        return busy;
    }

    /** Asks for the turn again. Done when it is there: before anything new is begun. */
    synchronized CompletableFuture<Void> comeBack() {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        if (busy) {
            returning.add(turn);
        } else {
            busy = true;
            away--;
            turn.complete(null);
        }
        return turn;
    }

    /** Gives the turn up for good, with what was not come to, as nobody can be found for it. */
    synchronized void putDown() {
        clear();
        busy = handOver();
    }

    private boolean handOver() {
        CompletableFuture<Void> first = returning.poll();
        if (first == null) {
            return false;
        }
        away--;
        return first.complete(null);
    }

    /** Whether somebody gave the turn up in the middle of the work and has not come back to finish it. */
    synchronized boolean isAnybodyAway() {
        return away > 0;
    }

    /** Throws away what was not come to. */
    synchronized void clear() {
        items.clear();
        bytes = 0;
    }

    /** Whether more may be read. */
    synchronized boolean hasRoom(boolean calling) {
        int times = calling ? WHILE_CALLING : 1;
        return items.size() < MESSAGES * times && bytes < (long) BYTES * times;
    }
}
