package dev.nettcp.transport;

import io.netty.buffer.ByteBuf;

/**
 * What a session tells its owner, in order and on the connection's event loop: it must not block. After {@link #opened} comes exactly one of
 * {@link #closed} and {@link #faulted}, as the last call.
 */
public interface SessionHandler {

    /** The session is acknowledged and may be used. */
    default void opened(Session session) {}

    /**
     * One envelope of the peer; in a singleton session some more bytes of its one envelope. The buffer is valid during the call; whoever keeps it longer retains it. A thrown exception faults the
     * session.
     */
    void envelope(Session session, ByteBuf envelope);

    /**
     * The peer has ended its direction: there are no more envelopes. What is still to be sent may be sent; then the session is to be
     * {@linkplain Session#closeOutput() ended from this side too}, since the peer waits for that. By default that happens at once.
     *
     * <p>In a singleton session: the peer's envelope is complete, or the server gives no reply.
     */
    default void ended(Session session) {
        session.closeOutput();
    }

    /** Both sides have ended the session. */
    default void closed(Session session) {}

    /** The session is over before its end: {@code cause} says which side, layer or limit it was. */
    default void faulted(Session session, TransportException cause) {}

    /** {@link Session#isWritable()} has changed. */
    default void writabilityChanged(Session session) {}
}
