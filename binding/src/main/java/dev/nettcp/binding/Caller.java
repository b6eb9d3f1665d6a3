package dev.nettcp.binding;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.UniqueId;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionClosedException;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** The calls and one-way messages that this side of a session starts. Any thread but the session's own for what blocks. */
final class Caller {
    private static final String STAYS = "the session stays open, and a late reply is dropped";

    private final Session session;
    private final Outgoing outgoing;
    private final Addresser addresser;
    private final CallTable calls;
    private final Set<QName> understood;
    private final Duration sendTimeout;
    private final Executor executor;
    private final Runnable waiting;

    /** @param waiting told when a call has begun to wait for its reply */
    Caller(Session session, CallTable calls, Conversation.Parts parts, Runnable waiting) {
        this.session = session;
        this.calls = calls;
        this.outgoing = new Outgoing(session, parts.encoder());
        this.addresser = parts.addresser();
        this.understood = parts.understood();
        this.sendTimeout = parts.timeouts().sendTimeout();
        this.executor = parts.executor();
        this.waiting = waiting;
    }

    Message request(Message message, Duration timeout) throws NetTcpException {
        SharedResources.refuseOnEventLoop("request", "requestAsync");
        return await(begin(message), timeout);
    }

    /** Must not run on an event loop. */
    Message await(CallTable.Call call, Duration timeout) throws NetTcpException {
        try {
            return Replies.checked(call.reply().get(Settings.nanos(timeout), TimeUnit.NANOSECONDS), understood);
        } catch (TimeoutException e) {
            calls.abandon(call.id());
            throw timeout(call);
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } catch (InterruptedException e) {
            calls.abandon(call.id());
            Thread.currentThread().interrupt();
            throw new NetTcpException(
                    Layer.SESSION, "interrupted while waiting for the reply to " + call.action() + "; " + STAYS, e);
        }
    }

    /** Throws nothing: every failure is in the result. */
    CompletableFuture<Message> requestAsync(Message message, Duration timeout) {
        CompletableFuture<Message> result = new CompletableFuture<>();
        try {
            expect(begin(message), timeout, result);
        } catch (NetTcpException | RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    private void expect(CallTable.Call call, Duration timeout, CompletableFuture<Message> result) {
        Future<?> timer =
                session.executor().schedule(() -> expire(call), Settings.nanos(timeout), TimeUnit.NANOSECONDS);
        call.reply().whenComplete((reply, failure) -> {
            timer.cancel(false);
            Futures.later(executor, () -> complete(result, reply, failure));
        });
        result.whenComplete((reply, failure) -> {
            if (result.isCancelled()) {
                calls.abandon(call.id());
                timer.cancel(false);
            }
        });
    }

    private void expire(CallTable.Call call) {
        if (calls.abandon(call.id())) {
            call.reply().completeExceptionally(timeout(call));
        }
    }

    private void complete(CompletableFuture<Message> result, @Nullable Message reply, @Nullable Throwable failure) {
        if (reply == null) {
            result.completeExceptionally(Failures.of(Objects.requireNonNull(failure)));
            return;
        }
        try {
            result.complete(Replies.checked(reply, understood));
        } catch (NetTcpException e) {
            result.completeExceptionally(e);
        }
    }

    private NetTcpTimeoutException timeout(CallTable.Call call) {
        return new NetTcpTimeoutException("sendTimeout", sendTimeout, "the reply to " + call.action(), STAYS);
    }

    /** Enters the call before the request can be answered, and sends the request. */
    CallTable.Call begin(Message message) throws NetTcpException {
        Message request = addresser.request(message);
        UniqueId id = request.messageId().orElseThrow();
        CallTable.Call call = new CallTable.Call(id, request.action(), new CompletableFuture<>());
        Exception over = calls.enter(call);
        if (over != null) {
            throw new SessionOverException(over);
        }
        try {
            waiting.run();
            outgoing.send(request).addListener(written -> {
                if (!written.isSuccess() && calls.abandon(id)) {
                    call.reply().completeExceptionally(Failures.of(written.cause()));
                }
            });
            return call;
        } catch (NetTcpException | RuntimeException | Error e) {
            calls.abandon(id);
            throw e;
        }
    }

    void send(Message message, Duration timeout) throws NetTcpException {
        SharedResources.refuseOnEventLoop("send", "sendAsync");
        await(beginSend(message), message.action(), timeout);
    }

    /** Done when it is written. */
    ChannelFuture beginSend(Message message) throws NetTcpException {
        return outgoing.send(addresser.oneWay(message));
    }

    /** Throws nothing: every failure is in the result. */
    CompletableFuture<Void> sendAsync(Message message) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        try {
            beginSend(message)
                    .addListener(written -> Futures.later(executor, () -> {
                        if (written.isSuccess()) {
                            result.complete(null);
                        } else {
                            result.completeExceptionally(Failures.of(written.cause()));
                        }
                    }));
        } catch (NetTcpException | RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    /** Sends the reply to a request, and lets nobody run ahead of a peer that does not read. */
    void reply(Message reply, Message request) throws NetTcpException {
        ChannelFuture written = outgoing.send(addresser.reply(reply, request));
        if (!session.isWritable() && !session.executor().inEventLoop()) {
            await(written, reply.action(), sendTimeout);
        }
    }

    /** Must not run on an event loop. Half a message on the wire makes the session useless, so that a timeout ends it. */
    void await(ChannelFuture written, String action, Duration timeout) throws NetTcpException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        written.addListener(f -> {
            if (f.isSuccess()) {
                done.complete(null);
            } else {
                done.completeExceptionally(f.cause());
            }
        });
        try {
            done.get(Settings.nanos(timeout), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            NetTcpTimeoutException late = new NetTcpTimeoutException(
                    "sendTimeout", sendTimeout, action + " to be written", "the session is aborted");
            session.abort(new SessionClosedException(String.valueOf(late.getMessage()), late));
            throw late;
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetTcpException(
                    Layer.SESSION, "interrupted while " + action + " was written; it is still on its way", e);
        }
    }
}
