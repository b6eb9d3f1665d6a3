package dev.nettcp.binding;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.soap.Message;
import dev.nettcp.transport.Connector;
import dev.nettcp.transport.SessionClosedException;
import dev.nettcp.transport.SessionRequest;
import dev.nettcp.transport.StreamUpgrade;
import dev.nettcp.transport.TransportException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a client in a streamed transfer mode. Each is a session of its own, on a pooled connection where there is one; they know
 * nothing of each other. Any thread.
 */
final class StreamedCalls {
    private final ViaUri via;
    private final NetTcpBinding binding;
    private final Addresser addresser;
    private final Set<QName> understood;
    private final Executor executor;
    private final @Nullable StreamUpgrade upgrade;
    private final Connector connector;
    private final Set<StreamedCall> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    StreamedCalls(
            String address,
            ViaUri via,
            NetTcpBinding binding,
            Set<QName> understood,
            Executor executor,
            Connector connector) {
        this.via = via;
        this.binding = binding;
        this.addresser = Addresser.ofClient(address);
        this.understood = understood;
        this.executor = executor;
        this.upgrade =
                binding.transportSecurity().map(TransportSecurity::ofClient).orElse(null);
        this.connector = connector;
    }

    // ---- on the thread of the caller

    Message request(Message message) throws NetTcpException {
        Message request = addresser.request(message);
        return expected(await(begin(request)), request);
    }

    void send(Message message) throws NetTcpException {
        Message oneWay = addresser.oneWay(message);
        refuseAnswer(await(begin(oneWay)), oneWay);
    }

    /** The request is written here and the headers of the reply are read here. */
    private @Nullable Message await(StreamedCall call) throws NetTcpException {
        try {
            call.opened().get();
            if (!call.isOpen()) {
                throw call.failed();
            }
            call.writeRequest();
            call.answered().get();
            return call.readReply();
        } catch (InterruptedException e) {
            call.abort(new SessionClosedException("the caller was interrupted", e));
            Thread.currentThread().interrupt();
            throw new NetTcpException(
                    Layer.SESSION, "interrupted while waiting for the reply; the connection was reset", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it exceptionally", e);
        }
    }

    // ---- on the executor

    CompletableFuture<Message> requestAsync(Message message) {
        Message request = addresser.request(message);
        return async(request, (result, reply) -> result.complete(expected(reply, request)));
    }

    CompletableFuture<Void> sendAsync(Message message) {
        Message oneWay = addresser.oneWay(message);
        return async(oneWay, (result, reply) -> {
            refuseAnswer(reply, oneWay);
            result.complete(null);
        });
    }

    @FunctionalInterface
    private interface Answer<T> {
        void to(CompletableFuture<T> result, @Nullable Message reply) throws NetTcpException;
    }

    /** The request is written by one thread and the reply read by another, so that a reply may come before the request has been sent. */
    private <T> CompletableFuture<T> async(Message message, Answer<T> answer) {
        CompletableFuture<T> result = new CompletableFuture<>();
        StreamedCall call;
        try {
            call = begin(message);
        } catch (NetTcpException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        call.opened()
                .thenRun(() -> perform(result, call, () -> {
                    if (!call.isOpen()) {
                        throw call.failed();
                    }
                    call.writeRequest();
                }));
        call.answered().thenRun(() -> perform(result, call, () -> answer.to(result, call.readReply())));
        result.whenComplete((reply, failure) -> {
            if (result.isCancelled()) {
                call.abort(new SessionClosedException("the call was cancelled"));
            }
        });
        return result;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws NetTcpException;
    }

    private void perform(CompletableFuture<?> result, StreamedCall call, Step step) {
        try {
            executor.execute(() -> {
                try {
                    step.run();
                } catch (NetTcpException | RuntimeException | Error e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RuntimeException | Error e) { // above all a RejectedExecutionException
            call.abort(new SessionClosedException("the executor of the client takes no work", e));
            result.completeExceptionally(e);
        }
    }

    // ---- what both have

    private StreamedCall begin(Message message) throws NetTcpException {
        if (closed) {
            throw new NetTcpException(Layer.SESSION, "the client is closed", null);
        }
        Duration sendTimeout = binding.timeouts().sendTimeout();
        StreamedCall call = new StreamedCall(message, binding, System.nanoTime() + Settings.nanos(sendTimeout));
        running.add(call);
        call.over().thenRun(() -> running.remove(call));
        // As in WCF the opening of a session by its only call is part of that call.
        SessionRequest request = new SessionRequest(
                via,
                FramingMode.SINGLETON_UNSIZED,
                ContentType.BINARY,
                upgrade,
                SessionSettings.timeouts(binding.timeouts()).withOpen(sendTimeout),
                binding.messageLimits().maxReceivedMessageSize());
        call.begin(connector.open(request, call));
        return call;
    }

    private Message expected(@Nullable Message reply, Message request) throws NetTcpException {
        if (reply == null) {
            throw new NetTcpException(
                    Layer.SESSION,
                    "the service ended the session without a reply to " + request.action()
                            + "; is it a one-way operation?",
                    null);
        }
        return checked(reply);
    }

    private void refuseAnswer(@Nullable Message reply, Message oneWay) throws NetTcpException {
        if (reply != null) {
            checked(reply).close();
            throw new NetTcpException(
                    Layer.SOAP, "the service answered the one-way message " + oneWay.action() + " with " + reply, null);
        }
    }

    private Message checked(Message reply) throws NetTcpException {
        try {
            return Replies.checked(reply, understood);
        } catch (NetTcpException e) {
            reply.close();
            throw e;
        }
    }

    // ---- the end

    /** No new calls; those that wait for their reply get it, and what has not been read of a reply then is given up. */
    void close() throws NetTcpException {
        closed = true;
        SessionClosedException cause = new SessionClosedException("the client was closed before the reply was read");
        Duration timeout = binding.timeouts().closeTimeout();
        CompletableFuture<?>[] ends = running.stream()
                .map(call -> call.delivered().thenCompose(done -> {
                    if (!call.isReplyComplete()) {
                        call.abort(cause);
                    }
                    return call.over();
                }))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(Settings.nanos(timeout), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            abort(cause);
            throw new NetTcpTimeoutException(
                    "closeTimeout", timeout, "the calls to " + via + " to end", "their connections were reset");
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it exceptionally", e);
        } catch (InterruptedException e) {
            abort(cause);
            Thread.currentThread().interrupt();
            throw new NetTcpException(
                    Layer.SESSION, "interrupted while closing; the connections of running calls were reset", e);
        }
    }

    /** Breaks off what is running. */
    void abort(TransportException cause) {
        closed = true;
        running.forEach(call -> call.abort(cause));
    }
}
