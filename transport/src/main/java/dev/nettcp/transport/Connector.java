package dev.nettcp.transport;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.KeepAlive;
import dev.nettcp.framing.via.ViaUri;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The client's side: opens sessions, on a pooled connection where there is one, else on a new one. Thread-safe. */
public final class Connector {

    private final EventLoops eventLoops;
    private final Function<ViaUri, CompletableFuture<List<InetAddress>>> lookUp;
    private final ConnectionPool pool;
    private final KeepAlive keepAlive;
    private final Telemetry telemetry;

    /** @param pool may be shared with other connectors; it is not closed here */
    public Connector(EventLoops eventLoops, ConnectionPool pool) {
        this(eventLoops, Resolver::resolve, pool, TransportListener.NONE);
    }

    /** @param lookUp all addresses of a via's host, in the order of preference; at least one */
    Connector(
            EventLoops eventLoops,
            Function<ViaUri, CompletableFuture<List<InetAddress>>> lookUp,
            ConnectionPool pool,
            TransportListener listener) {
        this(eventLoops, lookUp, pool, KeepAlive.DEFAULT, new Telemetry(StreamUpgrade.Side.CLIENT, listener));
    }

    private Connector(
            EventLoops eventLoops,
            Function<ViaUri, CompletableFuture<List<InetAddress>>> lookUp,
            ConnectionPool pool,
            KeepAlive keepAlive,
            Telemetry telemetry) {
        this.eventLoops = eventLoops;
        this.lookUp = lookUp;
        this.pool = pool;
        this.keepAlive = keepAlive;
        this.telemetry = telemetry;
    }

    /** A connector with the same pool that tells this listener of its sessions. */
    public Connector withListener(TransportListener listener) {
        return new Connector(eventLoops, lookUp, pool, keepAlive, new Telemetry(StreamUpgrade.Side.CLIENT, listener));
    }

    /** A connector with the same pool whose new connections miss a server that has vanished so. */
    public Connector withKeepAlive(KeepAlive newKeepAlive) {
        return new Connector(eventLoops, lookUp, pool, newKeepAlive, telemetry);
    }

    /**
     * Opens a session: connects to the host and port of the via, introduces the session and awaits the acknowledgement, all within the request's
     * open timeout. Of several addresses of the host the first that answers is taken (RFC 8305): the families take turns, and an address that has
     * not answered after 250 ms gets company. A pooled connection that turns out to be of no use any more is replaced
     * silently, within the same time.
     *
     * <p>The handler hears of the session from {@link SessionHandler#opened} on, which comes before the result.
     *
     * @return the session. Fails with {@link ConnectException} when nobody listens there, which names each address with its reason, with {@link
     *     PeerFaultException} when the server refuses, {@link TransportTimeoutException}, {@link ConnectionLostException}, {@link
     *     ProtocolException} or {@link UpgradeException}. Cancelling it gives the attempt up.
     */
    public CompletableFuture<Session> open(SessionRequest request, SessionHandler handler) {
        return new SessionOpening(eventLoops, lookUp, pool, keepAlive, telemetry, request, handler).start();
    }
}
