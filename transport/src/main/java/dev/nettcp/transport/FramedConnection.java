package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.Connections;
import dev.nettcp.connection.KeepAlive;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.SessionEvent;
import dev.nettcp.framing.via.ViaUri;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One connection, at either side, over all its sessions: collects bytes, drives the rules of order with them one event at a time, and writes
 * what they and the session want written. It is the last handler of the pipeline and, while no upgrade secures the stream, the only one.
 *
 * <p>Everything happens on the channel's event loop. Bytes are asked for one read at a time, so that a connection whose session is not being
 * read, or which waits for a decision, leaves them in the kernel.
 */
abstract class FramedConnection extends ChannelInboundHandlerAdapter {

    /** Room made at once for an envelope that was announced: a large one has to come before it takes all its memory. */
    private static final int MOST_EXPECTED = 256 << 10;

    protected final Channel channel;
    protected final ConnectionAddresses addresses;
    protected final Inflow inflow;
    protected final BoundedReads reads = new BoundedReads();
    protected @Nullable FramedSession session;
    protected boolean streamEnded;

    private StreamUpgrade.@Nullable Secured secured;
    private @Nullable ChannelHandlerContext context;
    private boolean driving;
    private boolean reading;
    private boolean flushDue;
    private boolean released;

    FramedConnection(Channel channel, ConnectionAddresses addresses) {
        this.channel = channel;
        this.addresses = addresses;
        this.inflow = new Inflow(channel.alloc());
    }

    /** Takes over the channel's pipeline. */
    final void install(KeepAlive keepAlive) {
        keepAlive.applyTo(channel);
        channel.config().setRecvByteBufAllocator(reads);
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(this);
    }

    /** Does the next thing that is to be done with the bytes; false if there is nothing before more bytes come or a decision falls. */
    protected abstract boolean step(ByteBuf bytes);

    /** The peer will send nothing after the bytes that are there; called once. */
    protected abstract void peerEndedStream();

    /** As {@link #peerEndedStream()}, for a secured stream whose end nobody vouches for. */
    protected abstract void streamCutOff();

    /** The connection is gone: reset, or closed by this side. */
    protected abstract void lost(@Nullable Throwable cause);

    /** Whether bytes beyond those that are there are wanted now. */
    protected abstract boolean wantsBytes();

    /** How many bytes are missing at least of the record that has begun to arrive. */
    protected abstract int bytesMissing(ByteBuf bytes);

    /** What went on here before a session was open is over. */
    protected abstract void notOpened(TransportException cause);

    protected abstract Telemetry telemetry();

    /** The rules of order are told of a record before it is written. */
    protected abstract void sending(FramingRecord record);

    /** Both sides have ended the session, which has been told. */
    protected abstract void finished(boolean reusable);

    /** Goes on as far as bytes and decisions allow. Called whenever one of them may have changed. */
    final void drive() {
        if (driving || released) {
            return;
        }
        driving = true;
        try {
            while (step(inflow.bytes())) {
                // until nothing is left to be done
            }
        } finally {
            driving = false;
        }
        if (!reading) {
            flush();
            readIfWanted();
        }
    }

    /** What happens in an open session, the same on both sides. */
    protected final void act(FramedSession open, SessionEvent event) {
        if (event instanceof SessionEvent.Finished finished) {
            session = null;
            boolean reusable = endUpgrade() && finished.reusable();
            finished(reusable); // first: who is told of the end may want the connection for the next session
            open.finish();
        } else {
            if (secured != null && event instanceof SessionEvent.PeerEnded) {
                secured.inputEnded();
            }
            open.happened(event);
        }
    }

    /** Ends the connection, and with it the session, by a reset; what this turn has written goes out before it. */
    final void fail(TransportException cause) {
        failSession(cause, () -> {
            flush();
            Connections.abort(channel);
        });
    }

    /** The peer is told a fault, if this side tells faults, and the connection is done with. */
    void refuse(FaultCode fault, TransportException cause) {
        fail(cause);
    }

    /** Ends the session, if there is one, and then leaves the connection in the way given. */
    protected final void failSession(TransportException cause, Runnable leaveConnection) {
        FramedSession failed = session;
        session = null;
        boolean told = released;
        release();
        if (!told && (failed == null || !failed.meter.isOpened())) {
            notOpened(cause);
        }
        if (failed == null) {
            leaveConnection.run();
        } else {
            failed.fail(cause, leaveConnection);
        }
    }

    /** Runs now on the event loop, later from elsewhere. */
    final void onEventLoop(Runnable action) {
        if (channel.eventLoop().inEventLoop()) {
            action.run();
        } else {
            channel.eventLoop().execute(action);
        }
    }

    /** Encodes the records into one buffer and writes it. */
    protected final void write(List<FramingRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        ByteBuf out = channel.alloc().ioBuffer();
        for (FramingRecord record : records) {
            FramingEncoder.encode(record, out);
        }
        write(out);
    }

    final ChannelFuture write(ByteBuf bytes) {
        return write(bytes, channel.newPromise());
    }

    /** Writes bytes that are flushed at the end of the current turn. */
    final ChannelFuture write(ByteBuf bytes, ChannelPromise promise) {
        flushDue = true;
        return context().write(bytes, promise);
    }

    /** Outside of a turn, what was written goes out now. */
    final void flushOutsideOfTurn() {
        if (!driving && !reading) {
            flush();
        }
    }

    /** Puts the security layer under this connection; the stage goes on when the handshake is over. */
    protected final CompletionStage<RemoteSecurity> startUpgrade(
            StreamUpgrade upgrade, StreamUpgrade.Side side, ViaUri via) {
        flush();
        ByteBuf handshake = inflow.take();
        StreamUpgrade.Secured stream = upgrade.start(channel, side, via);
        secured = stream;
        channel.pipeline().fireChannelRead(handshake);
        channel.pipeline().fireChannelReadComplete();
        return stream.handshake().whenComplete(telemetry().upgrading(addresses, upgrade.protocol()));
    }

    protected final boolean isSecured() {
        return secured != null;
    }

    /**
     * The connection is in plain again, when all of this session has gone out secured.
     *
     * @return false if something came out of the secured stream behind the peer's End: it must not be taken for the next preamble
     */
    private boolean endUpgrade() {
        if (secured == null) {
            return true;
        }
        boolean clean = !inflow.bytes().isReadable();
        flush();
        secured.remove();
        secured = null;
        return clean;
    }

    /** This handler has nothing more to do with the channel; somebody else may. */
    protected final void release() {
        if (!released) {
            released = true;
            inflow.release();
        }
    }

    protected final boolean isReleased() {
        return released;
    }

    private void flush() {
        if (flushDue) {
            flushDue = false;
            context().flush();
        }
    }

    private void readIfWanted() {
        if (!released && !streamEnded && channel.isActive() && wantsBytes()) {
            if (session != null && inflow.bytes().isReadable()) {
                inflow.expect(Math.min(bytesMissing(inflow.bytes()), MOST_EXPECTED));
            }
            context().read();
        }
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the connection is not installed");
        }
        return context;
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public final void handlerRemoved(ChannelHandlerContext removed) {
        release();
    }

    @Override
    public final void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (released) {
            bytes.release();
            return;
        }
        reading = true;
        if (session != null) {
            session.meter.heard();
        }
        inflow.add(bytes);
        drive();
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext from) {
        reading = false;
        if (!driving) {
            flush();
            readIfWanted();
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext from, Object event) {
        if (streamEnded || released) {
            return;
        }
        if (event == SslCloseCompletionEvent.SUCCESS
                || (event instanceof ChannelInputShutdownEvent && secured == null)) {
            streamEnded = true;
            peerEndedStream();
            drive();
        } else if (event instanceof ChannelInputShutdownEvent) {
            streamEnded = true;
            streamCutOff();
            drive();
        }
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext from) {
        if (session != null) {
            session.writabilityChanged();
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext from) {
        if (!released) {
            lost(null);
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        if (!released) {
            lost(cause);
        }
    }
}
