package dev.nettcp.transport;

import dev.nettcp.connection.DrainLimits;
import dev.nettcp.connection.FaultAndClose;
import dev.nettcp.framing.via.ViaUri;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Idle connections of clients, by host and port, for their next session; the rules are WCF's. Only a connection whose session ended in an
 * orderly way on both sides comes here, the last one in is the first one out, and one that has been idle or has lived too long is closed.
 * Any number of {@link Connector}s may share a pool. Thread-safe.
 */
public final class ConnectionPool implements AutoCloseable {

    /** Where a connection leads to. Paths play no part: any endpoint of the server may be next. */
    record Key(String host, int port) {

        static Key of(ViaUri via) {
            return new Key(via.host().toUpperCase(Locale.ROOT), via.port());
        }
    }

    private record Idle(ClientConnection connection, long since) {}

    private static final long MIN_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PoolSettings settings;
    private final LongSupplier nanoClock;
    private final FaultAndClose refusals = new FaultAndClose(DrainLimits.DEFAULT, FaultAndClose.DEFAULT_MAX_DRAINS);
    private final Map<Key, Deque<Idle>> idle = new HashMap<>();
    private boolean expiryScheduled;
    private boolean closed;

    public ConnectionPool(PoolSettings settings) {
        this(settings, System::nanoTime);
    }

    ConnectionPool(PoolSettings settings, LongSupplier nanoClock) {
        this.settings = settings;
        this.nanoClock = nanoClock;
    }

    public PoolSettings settings() {
        return settings;
    }

    /** How many connections lie here, to all servers together. */
    public synchronized int idleConnections() {
        return idle.values().stream().mapToInt(Deque::size).sum();
    }

    /** Closes the idle connections. Connections in use are closed when their session ends. */
    @Override
    public void close() {
        List<ClientConnection> left = new ArrayList<>();
        synchronized (this) {
            closed = true;
            idle.values().forEach(queue -> queue.forEach(one -> left.add(one.connection())));
            idle.clear();
        }
        left.forEach(ClientConnection::closeIdle);
    }

    /** The connection that was used last among those still fit for use; it is the caller's from now on. */
    Optional<ClientConnection> take(Key key) {
        List<ClientConnection> expired = new ArrayList<>();
        Optional<ClientConnection> taken;
        synchronized (this) {
            removeExpired(expired);
            Deque<Idle> queue = idle.get(key);
            taken = queue == null
                    ? Optional.empty()
                    : Optional.of(queue.removeFirst().connection());
            removeIfEmpty(key);
        }
        expired.forEach(this::expire);
        return taken;
    }

    /** A connection whose session has ended; false if it cannot stay. Called on its event loop. */
    boolean put(ClientConnection connection) {
        Key key = connection.key();
        synchronized (this) {
            int there = idle.containsKey(key) ? idle.get(key).size() : 0;
            if (closed || there >= settings.maxOutboundConnectionsPerEndpoint() || leaseLeft(connection) <= 0) {
                return false;
            }
            idle.computeIfAbsent(key, any -> new ArrayDeque<>()).addFirst(new Idle(connection, nanoClock.getAsLong()));
            scheduleExpiry(connection.channel.eventLoop());
        }
        return true;
    }

    /** The connection is of no use any more; it may lie here, or be in use. */
    void lost(ClientConnection connection) {
        if (remove(connection)) {
            connection.telemetry().poolUsed(TransportEvent.PoolAction.LOST, this, connection.key());
        }
    }

    private synchronized boolean remove(ClientConnection connection) {
        Deque<Idle> queue = idle.get(connection.key());
        boolean wasHere = queue != null && queue.removeIf(one -> one.connection() == connection);
        removeIfEmpty(connection.key());
        return wasHere;
    }

    FaultAndClose refusals() {
        return refusals;
    }

    long now() {
        return nanoClock.getAsLong();
    }

    /** One timer for the whole pool, on the event loop of the connection that was put last, and only while something is idle. */
    private void scheduleExpiry(EventLoop loop) {
        long wait = idle.values().stream()
                .flatMap(Deque::stream)
                .mapToLong(this::nanosToLive)
                .min()
                .orElse(Long.MAX_VALUE);
        if (!expiryScheduled && wait < Long.MAX_VALUE) {
            expiryScheduled = true;
            loop.schedule(() -> closeExpired(loop), Math.max(wait, MIN_WAIT_NANOS), TimeUnit.NANOSECONDS);
        }
    }

    private void closeExpired(EventLoop loop) {
        List<ClientConnection> expired = new ArrayList<>();
        synchronized (this) {
            expiryScheduled = false;
            removeExpired(expired);
            scheduleExpiry(loop);
        }
        expired.forEach(this::expire);
    }

    private void expire(ClientConnection connection) {
        connection.closeIdle();
        connection.telemetry().poolUsed(TransportEvent.PoolAction.EXPIRED, this, connection.key());
    }

    private void removeExpired(List<ClientConnection> expired) {
        for (Iterator<Deque<Idle>> queues = idle.values().iterator(); queues.hasNext(); ) {
            Deque<Idle> queue = queues.next();
            queue.removeIf(one -> isExpired(one) && expired.add(one.connection()));
            if (queue.isEmpty()) {
                queues.remove();
            }
        }
    }

    private boolean isExpired(Idle one) {
        return nanosToLive(one) <= 0;
    }

    private long nanosToLive(Idle one) {
        return Math.min(left(one.since(), settings.idleTimeout()), leaseLeft(one.connection()));
    }

    private long leaseLeft(ClientConnection connection) {
        return left(connection.connectedAt(), settings.leaseTimeout());
    }

    private long left(long since, Duration timeout) {
        return SessionTimeouts.isInfinite(timeout)
                ? Long.MAX_VALUE
                : timeout.toNanos() - (nanoClock.getAsLong() - since);
    }

    private void removeIfEmpty(Key key) {
        idle.computeIfPresent(key, (any, queue) -> queue.isEmpty() ? null : queue);
    }
}
