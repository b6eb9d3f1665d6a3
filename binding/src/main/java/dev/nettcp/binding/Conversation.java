package dev.nettcp.binding;

import dev.nettcp.soap.InvalidMessageException;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.MessageEncoder;
import dev.nettcp.soap.UniqueId;
import dev.nettcp.transport.ProtocolException;
import dev.nettcp.transport.RemoteSecurity;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionClosedException;
import dev.nettcp.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one session, at either side.
 *
 * <pre>
 *   event loop:  envelope ─▶ decode ─┬─ RelatesTo of a waiting call ─▶ that call
 *                                    ├─ RelatesTo of an abandoned one ─▶ dropped
 *                                    └─ else ─▶ intake
 *   executor:    intake ─▶ dispatcher ─▶ handler ─▶ reply, perhaps the end of the session
 * </pre>
 *
 * Replies never wait behind messages that are handled, so that a handler can wait for the reply to a call of its own. Reading
 * pauses while the handler lags ({@link Intake}).
 */
final class Conversation implements ServerSession {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final AtomicLong IDS = new AtomicLong();

    /**
     * What a conversation needs beside its session.
     *
     * @param dispatcher for the messages the other side starts; of this session alone
     * @param understood headers that are understood in replies
     * @param executor runs handlers, and what depends on asynchronous calls
     * @param calls how many messages may be handled at the same time, in this session and others
     */
    record Parts(
            MessageEncoder encoder,
            Addresser addresser,
            Dispatcher dispatcher,
            Set<QName> understood,
            Timeouts timeouts,
            Executor executor,
            Places calls) {}

    private final String id = nextId();
    private final Session session;
    private final MessageEncoder encoder;
    private final Dispatcher dispatcher;
    private final Timeouts timeouts;
    private final Intake intake;
    private final Caller caller;
    private final CallTable calls = new CallTable();
    private final ConcurrentMap<String, Object> attributes = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Conversation(Session session, Parts parts) {
        this.session = session;
        this.encoder = parts.encoder();
        this.dispatcher = parts.dispatcher();
        this.timeouts = parts.timeouts();
        this.intake = new Intake(id, session, parts.executor(), parts.calls(), () -> !calls.isEmpty());
        this.caller = new Caller(session, calls, parts, intake::updateReading);
    }

    /** A name for the next session of this process, whatever its transfer mode. */
    static String nextId() {
        return "session-" + IDS.incrementAndGet();
    }

    // ---- what the session tells, on its event loop

    @Override
    public void envelope(Session s, ByteBuf envelope) {
        byte[] payload = new byte[envelope.readableBytes()];
        envelope.readBytes(payload);
        Message message;
        try {
            message = encoder.decode(payload);
        } catch (InvalidMessageException e) {
            session.abort(new ProtocolException(
                    id + ": an envelope of " + payload.length + " bytes cannot be decoded: " + e.getMessage(), e));
            return;
        }
        if (!isReply(message)) {
            intake.offer(() -> handle(message), payload.length);
        }
    }

    /** Whether the message answers a call; then the call has it. */
    private boolean isReply(Message message) {
        UniqueId relatesTo = message.addressing().relatesTo();
        if (relatesTo == null) {
            return false;
        }
        Optional<CallTable.Call> call = calls.answered(relatesTo);
        call.ifPresent(c -> c.reply().complete(message));
        if (call.isEmpty() && calls.isLate(relatesTo)) {
            LOG.debug("{}: a late reply, {}, is dropped", id, message);
            return true;
        }
        return call.isPresent();
    }

    @Override
    public void ended(Session s) {
        failCalls(new SessionClosedException("the other side ended the session before it replied"));
        intake.atTheEnd(this::end);
    }

    @Override
    public void closed(Session s) {
        failCalls(new SessionClosedException("the session was closed before the reply came"));
        ended.complete(null);
    }

    @Override
    public void faulted(Session s, TransportException cause) {
        intake.stop();
        failCalls(cause);
        ended.completeExceptionally(cause);
    }

    private void failCalls(Exception cause) {
        calls.close(cause).forEach(call -> call.reply().completeExceptionally(cause));
    }

    // ---- what the other side starts, on the executor

    private void handle(Message message) {
        if (intake.isStopped()) {
            return;
        }
        Dispatcher.Outcome outcome = dispatcher.dispatch(message, this);
        Throwable failure = outcome.failure();
        if (outcome.isMisread()) { // a stranger can do that as often as he likes
            LOG.info("{}: {} is not what the handler expects: {}", id, message, String.valueOf(failure));
        } else if (failure != null) {
            LOG.warn("{}: the handler failed for {}", id, message, failure);
        }
        if (intake.isStopped()) {
            return;
        }
        boolean ends = outcome.ends();
        Message reply = outcome.reply();
        if (reply != null) {
            ends |= !reply(reply, message);
        }
        if (ends) {
            end();
        }
    }

    /** Whether the session goes on. */
    private boolean reply(Message reply, Message request) {
        try {
            caller.reply(reply, request);
            return true;
        } catch (NetTcpException e) {
            if (e.layer() == NetTcpException.Layer.ENCODING) {
                LOG.warn("{}: the reply to {} cannot be written", id, request, e);
                replyInstead(dispatcher.failedToReply(e), request);
            } else {
                LOG.debug("{}: the reply to {} was not sent", id, request, e);
            }
            return false;
        }
    }

    private void replyInstead(Message fault, Message request) {
        try {
            caller.reply(fault, request);
        } catch (NetTcpException e) {
            LOG.debug("{}: the fault for {} was not sent", id, request, e);
        }
    }

    // ---- the end

    @Override
    public CompletableFuture<Void> closeWhenDone() {
        intake.atTheEnd(this::end);
        return ended;
    }

    /** What arrives behind this side's End cannot be answered, and is not handled. */
    private void end() {
        intake.stop();
        session.close();
    }

    @Override
    public void closeOutput() {
        session.closeOutput();
    }

    @Override
    public CompletableFuture<Void> close() {
        session.close();
        return ended();
    }

    @Override
    public void abort() {
        session.abort(new SessionClosedException("aborted by this side"));
    }

    @Override
    public CompletableFuture<Void> ended() {
        return Futures.named(ended);
    }

    @Override
    public void whenEnded(Consumer<@Nullable Throwable> action) {
        Futures.tell(ended, action);
    }

    // ---- what this side starts

    @Override
    public Message request(Message request) throws NetTcpException {
        return request(request, timeouts.sendTimeout());
    }

    /** With what is left of the send timeout. A handler of this very session gives up its turn while it waits. */
    Message request(Message request, Duration timeout) throws NetTcpException {
        return intake.await(() -> caller.request(request, timeout));
    }

    @Override
    public CompletableFuture<Message> requestAsync(Message request) {
        return requestAsync(request, timeouts.sendTimeout());
    }

    /** With what is left of the send timeout. */
    CompletableFuture<Message> requestAsync(Message request, Duration timeout) {
        return caller.requestAsync(request, timeout);
    }

    @Override
    public void send(Message message) throws NetTcpException {
        send(message, timeouts.sendTimeout());
    }

    /** With what is left of the send timeout. */
    void send(Message message, Duration timeout) throws NetTcpException {
        caller.send(message, timeout);
    }

    /** A message that was given to the session, or what kept it from that; waits for the rest. */
    @FunctionalInterface
    interface Begun {
        /** The reply to a request; a one-way message itself, when it is written. */
        Message await(Duration timeout) throws NetTcpException;
    }

    /** The first half of {@link #request}. Does not block. */
    Begun begin(Message request) {
        try {
            CallTable.Call call = caller.begin(request);
            return timeout -> caller.await(call, timeout);
        } catch (NetTcpException | RuntimeException | Error e) {
            return timeout -> {
                throw e;
            };
        }
    }

    /** The first half of {@link #send}. Does not block. */
    Begun beginSend(Message message) {
        try {
            ChannelFuture written = caller.beginSend(message);
            return timeout -> {
                caller.await(written, message.action(), timeout);
                return message;
            };
        } catch (NetTcpException | RuntimeException | Error e) {
            return timeout -> {
                throw e;
            };
        }
    }

    @Override
    public CompletableFuture<Void> sendAsync(Message message) {
        return caller.sendAsync(message);
    }

    // ---- what it tells

    /** Whether the other side has ended the session, or it has broken off: there will be no more replies. */
    boolean isOver() {
        return calls.isClosed();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<RemoteSecurity> remoteSecurity() {
        return session.remoteSecurity();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return session.addresses().remote();
    }

    @Override
    public InetSocketAddress localAddress() {
        return session.addresses().local();
    }

    @Override
    public ConcurrentMap<String, Object> attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return id + " of " + session.via();
    }
}
