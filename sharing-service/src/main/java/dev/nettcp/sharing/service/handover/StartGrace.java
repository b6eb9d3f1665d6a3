package dev.nettcp.sharing.service.handover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Connections without a route in the first moments after the service's start. Its workers register again one after the other, and
 * the first one opens the port for the clients of all: to a client of the second, EndpointNotFound would be a lie. So it waits until
 * its worker is there, or until nobody is expected any more.
 */
final class StartGrace {
    private final Timer timer;
    private final int most;
    private final Consumer<PendingConnection> again;
    private final List<PendingConnection> waiting = new ArrayList<>();
    private final long end;

    /**
     * Begins now.
     *
     * @param length how long workers are expected; zero: not at all
     * @param most how many connections may wait
     * @param again routes a connection as if it had just arrived
     */
    StartGrace(Timer timer, Duration length, int most, Consumer<PendingConnection> again) {
        this.timer = timer;
        this.most = most;
        this.again = again;
        this.end = timer.now() + length.toNanos();
    }

    /** Whether a connection without a route may still get one by waiting. Any thread. */
    boolean lasts() {
        return timer.now() < end;
    }

    boolean isFull() {
        return waiting.size() >= most;
    }

    int waiting() {
        return waiting.size();
    }

    /** The connection waits; to be asked before: {@link #lasts()} and {@link #isFull()}. */
    void keep(PendingConnection connection) {
        connection.queued();
        waiting.add(connection);
        if (waiting.size() == 1) {
            timer.after(Duration.ofNanos(Math.max(0, end - timer.now())), this::tryAgain);
        }
    }

    /** There is a route more, or the time is over: everyone is routed anew, and may come back. */
    void tryAgain() {
        List<PendingConnection> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(again);
    }
}
