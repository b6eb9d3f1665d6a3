package dev.nettcp.transport;

import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.ConnectionAcceptor;
import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.FaultAndClose;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.framing.via.PrefixTable;
import dev.nettcp.framing.via.ViaUri;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server's side: takes connections from one or more {@linkplain ConnectionSource sources} and makes sessions of them for its endpoints.
 * One acceptor stands for one port, or one registration on a shared port: its limits and its endpoints hold for all its sources together.
 * Thread-safe.
 */
public final class Acceptor {

    private final AcceptorSettings settings;
    private final Telemetry telemetry;
    private final FaultAndClose refusals;
    private final PendingPlaces places;
    private final List<ConnectionSource> sources = new CopyOnWriteArrayList<>();
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pooled = new AtomicInteger();
    private final CompletableFuture<Void> lastConnectionGone = new CompletableFuture<>();
    private volatile PrefixTable<Endpoint> endpoints = PrefixTable.ofEndpoints();
    private volatile boolean closing;

    public Acceptor(AcceptorSettings settings) {
        this(settings, TransportListener.NONE);
    }

    /** An acceptor that tells this listener of its sessions. */
    public Acceptor(AcceptorSettings settings, TransportListener listener) {
        this.settings = settings;
        this.telemetry = new Telemetry(StreamUpgrade.Side.SERVER, listener);
        this.refusals = new FaultAndClose(settings.drain(), FaultAndClose.DEFAULT_MAX_DRAINS);
        this.places = new PendingPlaces(settings.limits().maxPendingConnections());
    }

    /**
     * From now on sessions for the endpoint's address are accepted.
     *
     * @throws dev.nettcp.framing.via.AddressConflictException if another endpoint has the same address in the same mode
     */
    public synchronized void add(Endpoint endpoint) {
        endpoints = endpoints.with(endpoint.address(), endpoint.hostNameComparisonMode(), endpoint);
    }

    /** From now on sessions for the address are refused; those that exist go on. */
    public synchronized void remove(BaseAddress address, HostNameComparisonMode mode) {
        endpoints = endpoints.without(address, mode);
    }

    /** Takes connections from the source as well. Done when clients can connect; fails with what stands in the way. */
    public CompletableFuture<Void> open(ConnectionSource source) {
        sources.add(source);
        return source.open(new Entrance()).whenComplete((opened, failure) -> {
            if (failure != null) {
                sources.remove(source);
            }
        });
    }

    /** Takes no more connections. Done when the addresses are free for others; sessions go on. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.allOf(
                sources.stream().map(ConnectionSource::stop).toArray(CompletableFuture[]::new));
    }

    /**
     * Ends everything: takes no more connections, ends every session in an orderly way and what has not ended within the time by a reset.
     *
     * @return done when the last connection is closed
     */
    public CompletableFuture<Void> close(Duration patience) {
        closing = true;
        CompletableFuture<Void> stopped = stop();
        connections.forEach(connection -> connection.shutDown(patience));
        completeIfLastConnectionIsGone();
        CompletableFuture<Void> ended = stopped.thenCombine(lastConnectionGone, (ignored, alsoIgnored) -> null);
        if (!SessionTimeouts.isInfinite(patience)) {
            ended.copy().orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
                connections.forEach(ServerConnection::abortForShutdown);
                return null;
            });
        }
        return ended;
    }

    /** Connections that have been accepted and whose session has not been acknowledged. */
    public int pendingConnections() {
        return places.taken();
    }

    /** Connections that wait for their next session. */
    public int pooledConnections() {
        return pooled.get();
    }

    /** All connections: pending, with a session, and pooled. */
    public int connections() {
        return connections.size();
    }

    AcceptorSettings settings() {
        return settings;
    }

    Telemetry telemetry() {
        return telemetry;
    }

    FaultAndClose refusals() {
        return refusals;
    }

    /** An endpoint with an IP literal gets only what arrived at that address, whatever its neighbours listen at. */
    Optional<Endpoint> find(ViaUri via, InetAddress arrivedAt) {
        return endpoints.lookup(via, arrivedAt, via.port()).match().map(PrefixTable.Entry::value);
    }

    boolean isClosing() {
        return closing;
    }

    /** A connection wants to wait for its next session; false if too many do, or no more sessions are wanted. */
    boolean enterPool() {
        if (closing) {
            return false;
        }
        boolean room = pooled.incrementAndGet() <= settings.maxPooledConnections();
        if (!room) {
            pooled.decrementAndGet();
        }
        return room;
    }

    void leavePool() {
        pooled.decrementAndGet();
    }

    void releasePlace() {
        places.giveBack();
    }

    /** The connection is closed, or belongs to somebody else now. */
    void forget(ServerConnection connection) {
        connections.remove(connection);
        completeIfLastConnectionIsGone();
    }

    private void completeIfLastConnectionIsGone() {
        if (closing && connections.isEmpty()) {
            lastConnectionGone.complete(null);
        }
    }

    private void admit(AcceptedConnection accepted) {
        ServerConnection connection = new ServerConnection(this, accepted);
        connections.add(connection);
        connection.start(accepted.takePrefix());
        if (closing) {
            connection.abortForShutdown();
        }
    }

    /** The acceptor as its sources see it. */
    private final class Entrance implements ConnectionAcceptor {

        @Override
        public Optional<Place> reserve() {
            return places.tryTake() ? Optional.of(new ReservedPlace(() -> {})) : Optional.empty();
        }

        @Override
        public Optional<Place> reserveAhead() {
            return places.tryTakeAhead() ? Optional.of(new ReservedPlace(places::noLongerAhead)) : Optional.empty();
        }

        @Override
        public void whenRoom(Runnable action) {
            places.whenRoom(action);
        }

        @Override
        public boolean serves(ViaUri via, InetAddress arrivedAt) {
            return find(via, arrivedAt).isPresent();
        }
    }

    /** A place until it is used. From then on the connection holds it, until its session is acknowledged or it is refused. */
    private final class ReservedPlace implements ConnectionAcceptor.Place {

        private final AtomicBoolean used = new AtomicBoolean();
        private final Runnable onUse;

        ReservedPlace(Runnable onUse) {
            this.onUse = onUse;
        }

        @Override
        public void accept(AcceptedConnection connection) {
            if (used.compareAndSet(false, true)) {
                onUse.run();
                admit(connection);
            } else {
                connection.abort();
                throw new IllegalStateException("the place has been used already");
            }
        }

        @Override
        public void release() {
            if (used.compareAndSet(false, true)) {
                onUse.run();
                places.giveBack();
            }
        }
    }
}
