package dev.nettcp.binding;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a session received and its handler has not come to yet, in order. Decides whether somebody has to start working on it, and
 * whether more may be read from the connection.
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
    private long bytes;
    private boolean busy;

    /** Puts something behind the rest. True: nobody works on the inbox, the caller has to see to it. */
    synchronized boolean offer(T content, int size) {
        items.add(new Item<>(content, size));
        bytes += size;
        boolean start = !busy;
        busy = true;
        return start;
    }

    /** What comes next; null: nothing, and whoever asked works on it no longer. */
    synchronized @Nullable T next() {
        Item<T> item = items.poll();
        if (item == null) {
            busy = false;
            return null;
        }
        bytes -= item.bytes();
        return item.content();
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
