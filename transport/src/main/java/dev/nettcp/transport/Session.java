package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.via.ViaUri;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Optional;

/**
 * One acknowledged session of envelopes, at either side. What arrives goes to its {@link SessionHandler}; every method here may be called
 * from any thread, and what one thread sends arrives in that order.
 *
 * <p>In a session of mode DUPLEX each direction has any number of envelopes. In one of mode SINGLETON_UNSIZED it has one, a server's perhaps
 * none, and what is sent and delivered are parts of it: their borders mean nothing and may be others when they arrive. Its direction ends with it.
 * {@link EnvelopeInput} and {@link EnvelopeOutput} make streams of that.
 *
 * <pre>
 *   open ──our End──▶ output ended ──peer's End──▶ closed       (the connection goes back to wait for its next session)
 *    └───peer's End──▶ input ended ──our End──▶ closed
 *   any ──violation, lost connection, timeout, abort──▶ faulted (the connection is gone)
 * </pre>
 */
public interface Session {

    /**
     * Room in front of an envelope that makes it leave without a second buffer: {@link #send} writes the frame header there. As large as the
     * largest header of a sized envelope, [MC-NMF] 2.2.4.3, and of the first part of an unsized one, 2.2.4.2.
     */
    int HEADROOM = 6;

    /** The address the client asked for. */
    ViaUri via();

    FramingMode mode();

    /** What the envelopes of both directions are. */
    ContentType contentType();

    ConnectionAddresses addresses();

    /** How the stream is secured and who the peer is; empty without an upgrade. */
    default Optional<RemoteSecurity> remoteSecurity() {
        return Optional.empty();
    }

    /** The thread that calls the handler; for work that must run in order with it. */
    EventExecutor executor();

    /** For the buffers of envelopes to send. */
    ByteBufAllocator alloc();

    /**
     * Sends one envelope, or the next part of the one envelope of a singleton session; takes over the buffer in any case.
     *
     * <p>If the buffer has at least {@link #HEADROOM} bytes before its reader index, those are overwritten with the frame header and the
     * envelope goes out as it is; otherwise a small buffer with the header goes out in front of it. Envelopes are not copied and written
     * together as far as they come together.
     *
     * @return done when the kernel has taken the bytes. Fails with {@link SessionClosedException} when sending is over, and with what ended the
     *     session when it faults first.
     */
    ChannelFuture send(ByteBuf envelope);

    /** False while more is waiting to be sent than should be: {@link SessionHandler#writabilityChanged} tells when that changes. */
    boolean isWritable();

    /**
     * Stops or resumes the delivery of envelopes: at once, also of those that have arrived already. What the peer sends meanwhile waits in the
     * kernel, so that in the end the peer waits.
     */
    void setReading(boolean reading);

    /**
     * Sends our End: no more envelopes from us, while the peer's still arrive. Does nothing the second time.
     *
     * <p>In a singleton session it completes our envelope. A server that has sent nothing of one gives no reply; its End goes out when the
     * request has arrived to its end, for which the client has the close timeout from now on. A client must have sent something.
     */
    void closeOutput();

    /**
     * Ends the session in an orderly way: our End, unless it was sent, then the peer's, within the close timeout of the settings.
     * Envelopes still arrive until then.
     *
     * @return done when both Ends are exchanged; fails with what ended the session otherwise
     */
    ChannelFuture close();

    /** As {@link #close()}, with a timeout of its own. */
    ChannelFuture close(Duration timeout);

    /** Resets the connection. The handler is told {@code cause} as what faulted the session, unless it has ended already. */
    void abort(TransportException cause);

    /**
     * Ends the session because of what the peer sent: a server tells it a framing fault, unless this side's envelope in a singleton session has
     * begun; else, and at a client, as {@link #abort}.
     *
     * @param cause what the handler is told
     */
    default void refuse(FaultCode fault, TransportException cause) {
        abort(cause);
    }

    /** Whether neither side has ended the session and it has not faulted. */
    boolean isOpen();
}
