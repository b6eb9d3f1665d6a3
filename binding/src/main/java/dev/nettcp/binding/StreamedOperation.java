package dev.nettcp.binding;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.soap.HeadersTooLongException;
import dev.nettcp.soap.InvalidMessageException;
import dev.nettcp.soap.Message;
import dev.nettcp.transport.ProtocolException;
import dev.nettcp.transport.QuotaExceededException;
import dev.nettcp.transport.RemoteSecurity;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionClosedException;
import dev.nettcp.transport.SessionTimeouts;
import dev.nettcp.transport.TransportException;
import dev.nettcp.transport.TransportTimeoutException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call at a server in a streamed transfer mode: a session with one request and at most one reply.
 *
 * <pre>
 *   event loop:  first part ─▶ executor        further parts ─▶ envelope
 *   executor:    headers ─▶ dispatcher ─▶ handler ─▶ reply, written while the request may still be read ─▶ end
 * </pre>
 *
 * What the handler leaves of the request is thrown away when the reply has been written. A reply that breaks off behind its beginning
 * resets the connection, since nothing can be said there any more.
 */
final class StreamedOperation implements ServerSession {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedOperation.class);

    private final String id = Conversation.nextId();
    private final Session session;
    private final EnvelopeMessages messages;
    private final Dispatcher dispatcher;
    private final Addresser addresser;
    private final Timeouts timeouts;
    private final Executor executor;
    private final Places calls;
    private final ConcurrentMap<String, Object> attributes = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean begun; // of the event loop

    StreamedOperation(
            Session session,
            NetTcpBinding binding,
            Dispatcher dispatcher,
            Addresser addresser,
            Executor executor,
            Places calls) {
        this.session = session;
        this.messages = new EnvelopeMessages(
                session, binding, binding.transferMode().isReplyStreamed(), SessionTimeouts.INFINITE);
        this.dispatcher = dispatcher;
        this.addresser = addresser;
        this.timeouts = binding.timeouts();
        this.executor = executor;
        this.calls = calls;
    }

    // ---- what the session tells, on its event loop

    @Override
    public void envelope(Session s, ByteBuf part) {
        messages.in().add(part);
        if (!begun) {
            begun = true;
            calls.take(this::begin);
        }
    }

    private void begin() {
        try {
            executor.execute(this::work);
        } catch (RuntimeException | Error e) { // above all a RejectedExecutionException
            giveUp("the executor takes no work; give the server an executor that lives as long", e);
            calls.giveBack();
        }
    }

    @Override
    public void ended(Session s) {
        messages.in().end();
    }

    @Override
    public void closed(Session s) {
        ended.complete(null);
    }

    @Override
    public void faulted(Session s, TransportException cause) {
        messages.in().fail(cause);
        ended.completeExceptionally(cause);
    }

    // ---- the operation, on the executor

    private void work() {
        try {
            handle(messages.read(messages.in()));
        } catch (HeadersTooLongException e) {
            LOG.debug("{}: refused", id, e);
            session.refuse(
                    FaultCode.MAX_MESSAGE_SIZE_EXCEEDED, new QuotaExceededException(id + ": " + e.getMessage(), e));
        } catch (InvalidMessageException e) {
            refuse(new ProtocolException(id + ": the request cannot be decoded: " + e.getMessage(), e));
        } catch (IOException e) {
            LOG.debug("{}: the call broke off", id, e);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: the request could not be handled", id, e);
            giveUp("the request could not be handled: " + e, e);
        } finally {
            calls.giveBack();
        }
    }

    private void refuse(TransportException cause) {
        LOG.debug("{}: refused", id, cause);
        session.abort(cause);
    }

    private void giveUp(String why, Throwable cause) {
        session.abort(new SessionClosedException(id + ": " + why, cause));
    }

    private void handle(Message request) throws IOException {
        Dispatcher.Outcome outcome = dispatcher.dispatch(request, this);
        Throwable failure = outcome.failure();
        if (failure != null && !session.isOpen()) { // which is what the handler has noticed
            LOG.debug("{}: the call {} broke off", id, request, failure);
        } else if (outcome.isMisread()) { // a stranger can do that as often as he likes
            LOG.info("{}: {} is not what the handler expects: {}", id, request, String.valueOf(failure));
        } else if (failure != null) {
            LOG.warn("{}: the handler failed for {}", id, request, failure);
        }
        Message reply = outcome.reply();
        if (reply == null || reply(addresser.reply(reply, request), request)) {
            messages.in().close();
            messages.end();
        }
    }

    /** Whether it, or a fault in its place, is written to its end. */
    private boolean reply(Message reply, Message request) throws IOException {
        Future<?> deadline = session.executor()
                .schedule(() -> tooLate(reply), Settings.nanos(timeouts.sendTimeout()), TimeUnit.NANOSECONDS);
        try {
            messages.write(reply);
            return true;
        } catch (XMLStreamException | IOException | RuntimeException | Error e) { // of the user's code, too
            return replyInstead(reply, request, e);
        } finally {
            deadline.cancel(false);
        }
    }

    private void tooLate(Message reply) {
        session.abort(new TransportTimeoutException(
                "%s: the reply %s was not written within sendTimeout=%s; the connection %s was reset."
                        .formatted(id, reply.action(), timeouts.sendTimeout(), session.addresses())));
    }

    private boolean replyInstead(Message reply, Message request, Throwable cause) throws IOException {
        if (!session.isOpen()) {
            LOG.debug("{}: the reply {} was not sent", id, reply, cause);
            return false;
        }
        LOG.warn("{}: the reply {} cannot be written", id, reply, cause);
        if (!messages.takeBack()) {
            giveUp("the reply " + reply.action() + " broke off: " + cause, cause);
            return false;
        }
        try {
            messages.write(addresser.reply(dispatcher.failedToReply(cause), request));
            return true;
        } catch (XMLStreamException e) {
            giveUp("the fault for " + request.action() + " cannot be written", e);
            return false;
        }
    }

    // ---- the session, as the handler sees it

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
    public void send(Message message) throws NetTcpException {
        throw noCallsBack(message);
    }

    @Override
    public CompletableFuture<Void> sendAsync(Message message) {
        return CompletableFuture.failedFuture(noCallsBack(message));
    }

    @Override
    public Message request(Message request) throws NetTcpException {
        throw noCallsBack(request);
    }

    @Override
    public CompletableFuture<Message> requestAsync(Message request) {
        return CompletableFuture.failedFuture(noCallsBack(request));
    }

    private NetTcpException noCallsBack(Message message) {
        return new NetTcpException(
                Layer.SESSION,
                "%s carries one call in a streamed transfer mode, and nothing but its reply can be sent: not %s"
                        .formatted(id, message.action()),
                null);
    }

    /** The reply does that. */
    @Override
    public void closeOutput() {}

    /** The reply does that. */
    @Override
    public CompletableFuture<Void> close() {
        return ended();
    }

    @Override
    public CompletableFuture<Void> closeWhenDone() {
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

    @Override
    public String toString() {
        return id + " of " + session.via();
    }
}
