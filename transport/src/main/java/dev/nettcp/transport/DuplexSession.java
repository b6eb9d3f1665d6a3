package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.SocketFailure;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.via.ViaUri;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session with sized envelopes in both directions, at either side of a connection. State belongs to the event loop. */
final class DuplexSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(DuplexSession.class);

    private final FramedConnection connection;
    private final Preamble preamble;
    private final SessionTimeouts timeouts;
    private final Outbox outbox;
    private final Watch receiveWatch;
    private final Watch sendWatch;
    private final Deadline closeDeadline;
    private final ChannelPromise ended;
    private final GenericFutureListener<Future<? super Void>> whenSent = sent -> sent(sent.cause());

    private @Nullable SessionHandler handler;
    private int unsent;
    private boolean reading = true;
    private boolean outputEnded;
    private boolean inputEnded;
    private volatile boolean over;
    private volatile @Nullable TransportException failure;

    /** @param receiveTimeout how long the peer may be silent */
    DuplexSession(FramedConnection connection, Preamble preamble, SessionTimeouts timeouts, Duration receiveTimeout) {
        this.connection = connection;
        this.preamble = preamble;
        this.timeouts = timeouts;
        this.outbox = new Outbox(connection.channel, this::writeAll, this::explanation);
        var loop = connection.channel.eventLoop();
        this.receiveWatch = new Watch(loop, receiveTimeout, this::receiveTimedOut);
        this.sendWatch = new Watch(loop, timeouts.send(), this::sendTimedOut);
        this.closeDeadline = new Deadline(loop);
        this.ended = connection.channel.newPromise();
    }

    @Override
    public ViaUri via() {
        return preamble.via();
    }

    @Override
    public FramingMode mode() {
        return preamble.mode();
    }

    @Override
    public ContentType contentType() {
        return preamble.contentType();
    }

    @Override
    public ConnectionAddresses addresses() {
        return connection.addresses;
    }

    @Override
    public EventExecutor executor() {
        return connection.channel.eventLoop();
    }

    @Override
    public ByteBufAllocator alloc() {
        return connection.channel.alloc();
    }

    @Override
    public boolean isWritable() {
        return connection.channel.isWritable();
    }

    @Override
    public boolean isOpen() {
        return !over;
    }

    @Override
    public ChannelFuture send(ByteBuf envelope) {
        return outbox.put(envelope);
    }

    @Override
    public void closeOutput() {
        outbox.put(null);
    }

    @Override
    public ChannelFuture close() {
        return close(timeouts.close());
    }

    @Override
    public ChannelFuture close(Duration timeout) {
        outbox.put(null);
        connection.onEventLoop(() -> awaitEnd(timeout));
        return ended;
    }

    @Override
    public void abort(TransportException cause) {
        connection.onEventLoop(() -> {
            if (!over) {
                connection.fail(cause);
            }
        });
    }

    @Override
    public void setReading(boolean wanted) {
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

    /** The handler has accepted the session, and the peer knows. */
    void open(SessionHandler accepted) {
        handler = accepted;
        startReceiveWatch();
        call(() -> accepted.opened(this));
    }

    /** Whether what has arrived may be delivered. */
    boolean isReading() {
        return reading;
    }

    /** Whether more bytes are wanted: behind the peer's End, only to learn of the end of the stream. */
    boolean wantsBytes(ByteBuf waiting) {
        return inputEnded ? !waiting.isReadable() : reading;
    }

    void deliver(ByteBuf envelope) {
        receiveWatch.reset();
        try {
            handler().envelope(this, envelope);
        } catch (RuntimeException e) {
            handlerFailed(e);
        } finally {
            envelope.release();
        }
    }

    void peerEnded() {
        inputEnded = true;
        receiveWatch.stop();
        call(() -> handler().ended(this));
    }

    /** Both sides have ended. */
    void finish() {
        stop(new SessionClosedException("The session for %s has been closed by both sides.".formatted(via())));
        ended.trySuccess();
        call(() -> handler().closed(this));
    }

    /** The session is over before its end; everybody who waits for something of it is told the cause. */
    void fail(TransportException cause, Runnable leaveConnection) {
        stop(cause);
        leaveConnection.run();
        ended.tryFailure(cause);
        if (handler != null) {
            tellFaulted(handler, cause);
        }
    }

    /** For a handler that was found when the client had gone already. */
    void tellFaulted(SessionHandler late) {
        tellFaulted(late, failure == null ? new SessionClosedException("The session is over.") : failure);
    }

    private void tellFaulted(SessionHandler told, TransportException cause) {
        try {
            told.faulted(this, cause);
        } catch (RuntimeException e) {
            LOG.warn("The handler of the session for {} failed", via(), e);
        }
    }

    void writabilityChanged() {
        if (handler != null) {
            handler.writabilityChanged(this);
        }
    }

    private void stop(TransportException cause) {
        over = true;
        failure = cause;
        receiveWatch.end();
        sendWatch.end();
        closeDeadline.clear();
        outbox.rejectAll(cause);
    }

    private void writeAll(Outbox items) {
        for (Outbox.Item item = items.poll(); item != null; item = items.poll()) {
            if (failure != null) {
                item.reject(failure);
            } else if (item.envelope == null) {
                writeEnd(item);
            } else {
                writeEnvelope(item.envelope, item);
            }
        }
        connection.flushOutsideOfTurn();
        if (outputEnded && inputEnded) {
            connection.drive();
        }
    }

    private void writeEnvelope(ByteBuf envelope, Outbox.Item item) {
        int size = envelope.readableBytes();
        if (outputEnded) {
            item.reject(new SessionClosedException(
                    "An envelope cannot be sent: this side has ended the session for %s.".formatted(via())));
        } else if (size == 0) {
            item.reject(new ProtocolException("An envelope has at least one byte: a peer aborts on an empty one."));
        } else {
            connection.sending(new FramingRecord.SizedEnvelope(envelope));
            count(item);
            writeWithHeader(envelope, size, item);
        }
    }

    /** {@code 06 size bytes}, in front of the envelope in its own buffer where that has room. */
    private void writeWithHeader(ByteBuf envelope, int size, Outbox.Item item) {
        if (envelope.readerIndex() >= HEADROOM && !envelope.isReadOnly()) {
            int end = envelope.writerIndex();
            int start = envelope.readerIndex() - FramingEncoder.sizedEnvelopeHeaderLength(size);
            envelope.setIndex(start, start);
            FramingEncoder.sizedEnvelopeHeader(size, envelope);
            envelope.writerIndex(end);
        } else {
            ByteBuf header = alloc().ioBuffer(HEADROOM);
            FramingEncoder.sizedEnvelopeHeader(size, header);
            connection.write(header);
        }
        connection.write(envelope, item);
    }

    private void writeEnd(Outbox.Item item) {
        if (outputEnded) {
            item.setSuccess();
            return;
        }
        FramingRecord end = new FramingRecord.End();
        connection.sending(end);
        outputEnded = true;
        count(item);
        ByteBuf out = alloc().ioBuffer(1);
        FramingEncoder.encode(end, out);
        connection.write(out, item);
    }

    private void count(Outbox.Item item) {
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

    private void awaitEnd(Duration timeout) {
        if (!over) {
            closeDeadline.set(timeout, () -> closeTimedOut(timeout));
            setReading(true);
        }
    }

    private void closeTimedOut(Duration timeout) {
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
                "No envelope arrived from %s within receiveTimeout=%s; the session for %s was reset."
                        .formatted(addresses().remoteText(), timeouts.receive(), via())));
    }

    private void startReceiveWatch() {
        if (handler != null && !inputEnded) {
            receiveWatch.start();
        }
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

    @Override
    public String toString() {
        return "session for %s from %s".formatted(via(), addresses());
    }
}
