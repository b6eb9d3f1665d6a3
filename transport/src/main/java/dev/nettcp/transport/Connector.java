package dev.nettcp.transport;

import dev.nettcp.connection.EventLoops;
import java.util.concurrent.CompletableFuture;

/** The client's side: opens sessions, on a pooled connection where there is one, else on a new one. Thread-safe. */
public final class Connector {

    private final EventLoops eventLoops;
    private final ConnectionPool pool;
    private final Telemetry telemetry;

    /** @param pool may be shared with other connectors; it is not closed here */
    public Connector(EventLoops eventLoops, ConnectionPool pool) {
        this(eventLoops, pool, TransportListener.NONE);
    }

    private Connector(EventLoops eventLoops, ConnectionPool pool, TransportListener listener) {
        this.eventLoops = eventLoops;
        this.pool = pool;
        this.telemetry = new Telemetry(StreamUpgrade.Side.CLIENT, listener);
    }

    /** A connector with the same pool that tells this listener of its sessions. */
    public Connector withListener(TransportListener listener) {
        return new Connector(eventLoops, pool, listener);
    }

    /**
     * Opens a session: connects to the host and port of the via, trying its addresses one after the other, introduces the session and awaits
     * the acknowledgement, all within the request's open timeout. A pooled connection that turns out to be of no use any more is replaced
     * silently, within the same time.
     *
     * <p>The handler hears of the session from {@link SessionHandler#opened} on, which comes before the result.
     *
     * @return the session. Fails with {@link ConnectException} when nobody listens there, {@link PeerFaultException} when the server refuses,
     *     {@link TransportTimeoutException}, {@link ConnectionLostException}, {@link ProtocolException} or {@link UpgradeException}. Cancelling
     *     it gives the attempt up.
     */
    public CompletableFuture<Session> open(SessionRequest request, SessionHandler handler) {
        return new SessionOpening(eventLoops, pool, telemetry, request, handler).start();
    }
}
