package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.SocketFailure;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.SessionEvent;
import dev.nettcp.framing.via.ViaUri;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session at either side of a connection, as far as it is the same in both modes: what waits to be written, the timeouts, the end and the
 * failure. The mode says what the records mean and which are written. State belongs to the event loop.
 */
abstract class FramedSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(FramedSession.class);

    final FramedConnection connection;
    final SessionTimeouts timeouts;
    final Watch receiveWatch;
    final Deadline closeDeadline;

    final SessionMeter meter;

    @Nullable
    SessionHandler handler;

    boolean reading = true;
    boolean outputEnded;
    boolean inputEnded;

    private final Preamble preamble;
    private final Outbox outbox;
    private final Watch sendWatch;
    private final ChannelPromise ended;
    private final GenericFutureListener<Future<? super Void>> whenSent = sent -> sent(sent.cause());

    private volatile @Nullable RemoteSecurity remoteSecurity;
    private int unsent;
    private volatile boolean over;
    private volatile @Nullable TransportException failure;

    /** @param receiveTimeout how long the peer may be silent while something of it is awaited */
    FramedSession(
            FramedConnection connection,
            Preamble preamble,
            SessionTimeouts timeouts,
            Duration receiveTimeout,
            SessionMeter.Introduction introduction) {
        this.connection = connection;
        this.meter = new SessionMeter(introduction, this);
        this.preamble = preamble;
        this.timeouts = timeouts;
        this.outbox = new Outbox(connection.channel, this::writeAll, this::explanation);
        var loop = connection.channel.eventLoop();
        this.receiveWatch = new Watch(loop, receiveTimeout, this::receiveTimedOut);
        this.sendWatch = new Watch(loop, timeouts.send(), this::sendTimedOut);
        this.closeDeadline = new Deadline(loop);
        this.ended = connection.channel.newPromise();
    }

    /** The session of a server, in the mode of its preamble. */
    static FramedSession ofServer(
            FramedConnection connection,
            Preamble preamble,
            SessionTimeouts timeouts,
            SessionMeter.Introduction introduction) {
        return preamble.mode() == FramingMode.DUPLEX
                ? new DuplexSession(connection, preamble, timeouts, timeouts.receive(), introduction)
                : new SingletonSession(connection, preamble, timeouts, false, introduction);
    }

    /** The session of a client, in the mode of its preamble. */
    static FramedSession ofClient(
            FramedConnection connection,
            Preamble preamble,
            SessionTimeouts timeouts,
            SessionMeter.Introduction introduction) {
        return preamble.mode() == FramingMode.DUPLEX
                ? new DuplexSession(connection, preamble, timeouts, SessionTimeouts.INFINITE, introduction)
                : new SingletonSession(connection, preamble, timeouts, true, introduction);
    }

    // ---- what the mode decides

    /** A record has arrived; any event but the last one, Finished. */
    abstract void happened(SessionEvent event);

    /** Writes something that was sent, and fulfils the item. */
    abstract void writeSent(ByteBuf sent, Outbox.Item item);

    /** Writes the end of this side's direction, and fulfils the item. */
    abstract void writeEnd(Outbox.Item item);

    /** Starts to count the silence of the peer, if something of it is awaited. */
    abstract void startReceiveWatch();

    /** The server is closing: ends what does not end by itself. What is left after the time is reset by others. */
    abstract void shutDown(Duration patience);

    /** Whether a fault may stand at this place of what is written. */
    abstract boolean mayBeRefused();

    /** How many bytes of header go in front of so many bytes; at most {@link #HEADROOM}. */
    abstract int headerLength(int size);

    abstract void writeHeader(int size, ByteBuf out);

    // ---- what a session tells about itself

    @Override
    public final ViaUri via() {
        return preamble.via();
    }

    @Override
    public final FramingMode mode() {
        return preamble.mode();
    }

    @Override
    public final ContentType contentType() {
        return preamble.contentType();
    }

    @Override
    public final ConnectionAddresses addresses() {
        return connection.addresses;
    }

    @Override
    public final Optional<RemoteSecurity> remoteSecurity() {
        return Optional.ofNullable(remoteSecurity);
    }

    /** How the stream is secured; null: it is not. */
    final void secured(@Nullable RemoteSecurity remote) {
        remoteSecurity = remote;
    }

    @Override
    public final EventExecutor executor() {
        return connection.channel.eventLoop();
    }

    @Override
    public final ByteBufAllocator alloc() {
        return connection.channel.alloc();
    }

    @Override
    public final boolean isWritable() {
        return connection.channel.isWritable();
    }

    @Override
    public final boolean isOpen() {
        return !over;
    }

    // ---- what its owner wants

    @Override
    public final ChannelFuture send(ByteBuf envelope) {
        return outbox.put(envelope);
    }

    @Override
    public final void closeOutput() {
        outbox.put(null);
    }

    @Override
    public final ChannelFuture close() {
        return close(timeouts.close());
    }

    @Override
    public final ChannelFuture close(Duration timeout) {
        outbox.put(null);
        connection.onEventLoop(() -> awaitEnd(timeout));
        return ended;
    }

    @Override
    public final void abort(TransportException cause) {
        connection.onEventLoop(() -> {
            if (!over) {
                connection.fail(cause);
            }
        });
    }

    @Override
    public final void refuse(FaultCode fault, TransportException cause) {
        connection.onEventLoop(() -> {
            if (!over && mayBeRefused()) {
                connection.refuse(fault, cause);
            } else if (!over) {
                connection.fail(cause);
            }
        });
    }

    @Override
    public final void setReading(boolean wanted) {
        connection.onEventLoop(() -> {
            if (over || reading == wanted) {
                return;
            }
            reading = wanted;
            if (wanted) {
                startReceiveWatch();
                connection.drive();
            } else {
                receiveWatch.stop();
            }
        });
    }

    // ---- what the connection tells

    /** The handler has accepted the session, and the peer knows. */
    final void open(SessionHandler accepted) {
        handler = accepted;
        meter.opened();
        startReceiveWatch();
        call(() -> accepted.opened(this));
    }

    /** Whether what has arrived may be delivered. */
    boolean isReading() {
        return reading;
    }

    /** Whether more bytes are wanted: behind the peer's End, only to learn of the end of the stream. */
    final boolean wantsBytes(ByteBuf waiting) {
        return inputEnded ? !waiting.isReadable() : isReading();
    }

    /** Both sides have ended. */
    final void finish() {
        stop(new SessionClosedException("The session for %s has been closed by both sides.".formatted(via())));
        meter.ended(null);
        ended.trySuccess();
        call(() -> handler().closed(this));
    }

    /** The session is over before its end; everybody who waits for something of it is told the cause. */
    final void fail(TransportException cause, Runnable leaveConnection) {
        stop(cause);
        leaveConnection.run();
        meter.ended(cause);
        ended.tryFailure(cause);
        if (handler != null) {
            tellFaulted(handler, cause);
        }
    }

    /** For a handler that was found when the client had gone already. */
    final void tellFaulted(SessionHandler late) {
        tellFaulted(late, failure == null ? new SessionClosedException("The session is over.") : failure);
    }

    private void tellFaulted(SessionHandler told, TransportException cause) {
        try {
            told.faulted(this, cause);
        } catch (RuntimeException e) {
            LOG.warn("The handler of the session for {} failed", via(), e);
        }
    }

    final void writabilityChanged() {
        if (handler != null) {
            handler.writabilityChanged(this);
        }
    }

    // ---- telling the handler

    final void deliver(ByteBuf content) {
        receiveWatch.reset();
        meter.received(content.readableBytes());
        try {
            handler().envelope(this, content);
        } catch (RuntimeException e) {
            handlerFailed(e);
        } finally {
            content.release();
        }
    }

    final void tellEnded() {
        call(() -> handler().ended(this));
    }

    final boolean isOver() {
        return over;
    }

    private SessionHandler handler() {
        if (handler == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return handler;
    }

    private void call(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            handlerFailed(e);
        }
    }

    private void handlerFailed(RuntimeException cause) {
        LOG.warn("The handler of the session for {} failed", via(), cause);
        if (!over) {
            connection.fail(new SessionClosedException("The handler of the session failed: " + cause, cause));
        }
    }

    // ---- writing

    private void writeAll(Outbox items) {
        for (Outbox.Item item = items.poll(); item != null; item = items.poll()) {
            if (failure != null) {
                item.reject(failure);
            } else if (item.envelope == null) {
                writeEnd(item);
            } else {
                writeSent(item.envelope, item);
            }
        }
        connection.flushOutsideOfTurn();
        if (outputEnded && inputEnded) {
            connection.drive();
        }
    }

    /** The header and the bytes in one piece where there is room for that in front of the bytes, else in two. */
    final void writeWithHeader(ByteBuf bytes, Outbox.Item item) {
        int size = bytes.readableBytes();
        meter.sent(size);
        if (bytes.readerIndex() >= HEADROOM && !bytes.isReadOnly()) {
            int end = bytes.writerIndex();
            int start = bytes.readerIndex() - headerLength(size);
            bytes.setIndex(start, start);
            writeHeader(size, bytes);
            bytes.writerIndex(end);
        } else {
            ByteBuf header = alloc().ioBuffer(HEADROOM);
            writeHeader(size, header);
            connection.write(header);
        }
        connection.write(bytes, item);
    }

    /** The item is about to be written: from now on there is to be progress. */
    final void count(Outbox.Item item) {
        if (unsent++ == 0) {
            sendWatch.start();
        }
        item.addListener(whenSent);
    }

    private void sent(@Nullable Throwable failed) {
        unsent--;
        if (failed != null) {
            if (!over) {
                connection.fail(lost(failed));
            }
        } else if (unsent == 0) {
            sendWatch.stop();
        } else {
            sendWatch.reset();
        }
    }

    /** What a sender is told: what ended the session, rather than what that did to its bytes. */
    private Throwable explanation(Throwable cause) {
        if (cause instanceof TransportException) {
            return cause;
        }
        return failure != null ? failure : lost(cause);
    }

    private TransportException lost(Throwable cause) {
        return cause instanceof TransportException told
                ? told
                : new ConnectionLostException(
                        "The connection %s broke while sending: %s".formatted(addresses(), SocketFailure.text(cause)),
                        cause);
    }

    // ---- the end

    private void stop(TransportException cause) {
        over = true;
        failure = cause;
        receiveWatch.end();
        sendWatch.end();
        closeDeadline.clear();
        outbox.rejectAll(cause);
    }

    private void awaitEnd(Duration timeout) {
        if (!over) {
            closeDeadline.set(timeout, () -> closeTimedOut(timeout));
            setReading(true);
        }
    }

    final void closeTimedOut(Duration timeout) {
        connection.fail(new TransportTimeoutException(
                "The peer did not end the session for %s within closeTimeout=%s; the connection %s was reset."
                        .formatted(via(), timeout, addresses())));
    }

    private void sendTimedOut() {
        connection.fail(new TransportTimeoutException(
                "%d sends on the connection %s made no progress within sendTimeout=%s: the peer does not read."
                        .formatted(unsent, addresses(), timeouts.send())));
    }

    private void receiveTimedOut() {
        connection.fail(new TransportTimeoutException(
                "Nothing arrived from %s within receiveTimeout=%s; the session for %s was reset."
                        .formatted(addresses().remoteText(), timeouts.receive(), via())));
    }

    @Override
    public final String toString() {
        return "session for %s from %s".formatted(via(), addresses());
    }
}
