package dev.nettcp.binding;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.soap.HeadersTooLongException;
import dev.nettcp.soap.InvalidMessageException;
import dev.nettcp.soap.Message;
import dev.nettcp.transport.ProtocolException;
import dev.nettcp.transport.QuotaExceededException;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionClosedException;
import dev.nettcp.transport.SessionHandler;
import dev.nettcp.transport.TransportException;
import dev.nettcp.transport.TransportTimeoutException;
import io.netty.buffer.ByteBuf;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * One call of a client in a streamed transfer mode: a session with one request and at most one reply.
 *
 * <pre>
 *   opening ──acknowledged──▶ request being written ──▶ reply awaited ──headers──▶ reply being read ──▶ over
 *                                       └──── headers, when the server answers early ───▲
 * </pre>
 *
 * Until the headers of the reply are there the send timeout runs, as in WCF; behind them, the receive timeout for each wait.
 */
final class StreamedCall implements SessionHandler {
    private final Message request;
    private final NetTcpBinding binding;
    private final long deadline;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final CompletableFuture<Void> delivered = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private volatile @Nullable CompletableFuture<Session> opening;
    private volatile @Nullable Session session;
    private volatile @Nullable EnvelopeMessages messages;
    private volatile @Nullable TransportException failure;
    private volatile @Nullable Future<?> timer;
    private volatile boolean replyArriving;

    /**
     * @param request with all its headers
     * @param deadline of the clock, for the headers of the reply
     */
    StreamedCall(Message request, NetTcpBinding binding, long deadline) {
        this.request = request;
        this.binding = binding;
        this.deadline = deadline;
    }

    /** The session is being opened. */
    void begin(CompletableFuture<Session> attempt) {
        opening = attempt;
        attempt.whenComplete((open, cause) -> {
            if (cause != null) {
                fail(
                        cause instanceof TransportException known
                                ? known
                                : new SessionClosedException(
                                        "the call was given up while its session was opened", cause));
            }
            opened.complete(null);
        });
    }

    /** Done when the session is open, or that has failed. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    // ---- what the session tells, on its event loop

    @Override
    public void opened(Session open) {
        messages = new EnvelopeMessages(
                open,
                binding,
                binding.transferMode().isRequestStreamed(),
                binding.timeouts().receiveTimeout());
        session = open;
        long left = Math.max(1, deadline - System.nanoTime());
        timer = open.executor().schedule(this::expire, left, TimeUnit.NANOSECONDS);
    }

    @Override
    public void envelope(Session open, ByteBuf part) {
        messages().in().add(part);
        if (!replyArriving) {
            replyArriving = true;
            answered.complete(null);
        }
    }

    @Override
    public void ended(Session open) {
        messages().in().end();
        answered.complete(null);
    }

    @Override
    public void closed(Session open) {
        stopTimer();
        over.complete(null);
    }

    @Override
    public void faulted(Session open, TransportException cause) {
        fail(cause);
    }

    private void fail(TransportException cause) {
        failure = cause;
        stopTimer();
        EnvelopeMessages broken = messages;
        if (broken != null) {
            broken.in().fail(cause);
        }
        answered.complete(null);
        delivered.complete(null);
        over.complete(null);
    }

    private void stopTimer() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void expire() {
        if (!delivered.isDone()) {
            abort(new TransportTimeoutException(
                    "There was no reply to %s within sendTimeout.".formatted(request.action())));
        }
    }

    // ---- the call; each of these waits

    /** Writes the request to its end. */
    void writeRequest() throws NetTcpException {
        EnvelopeMessages out = messages();
        try {
            out.write(request);
            out.end();
        } catch (XMLStreamException | IOException | RuntimeException | Error e) { // of the user's code, too
            TransportException broken = brokenBy(e);
            if (broken != null && isReplyComplete()) {
                return; // the server has said what there was to say
            }
            abort(new SessionClosedException("the request " + request.action() + " broke off: " + e, e));
            if (broken != null) {
                throw explained(broken);
            }
            String why = e instanceof XMLStreamException ? String.valueOf(e.getMessage()) : e.toString();
            throw new NetTcpException(
                    Layer.ENCODING,
                    "the message " + request.action() + " cannot be written: " + why + "; the connection was reset",
                    e);
        }
    }

    /** What ended the session, if that is why the request could not be written; the writer may learn of it before {@link #faulted} does. */
    private static @Nullable TransportException brokenBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException broken) {
                return broken;
            }
        }
        return null;
    }

    /** Done when a reply has begun to arrive, or it is known that none will come. */
    CompletableFuture<Void> answered() {
        return answered;
    }

    /** The reply with its headers, and a body that is still arriving; null if the server gave none. */
    @Nullable
    Message readReply() throws NetTcpException {
        if (failure != null && !isReplyComplete()) {
            throw failed();
        }
        try {
            Message reply = replyArriving ? messages().read(new ReplyStream()) : null;
            stopTimer();
            delivered.complete(null);
            return reply;
        } catch (HeadersTooLongException e) {
            throw refuse(new QuotaExceededException(String.valueOf(e.getMessage()), e));
        } catch (InvalidMessageException e) {
            throw failure != null
                    ? failed()
                    : refuse(new ProtocolException("the reply cannot be decoded: " + e.getMessage(), e));
        } catch (IOException e) {
            throw failed();
        }
    }

    private NetTcpException refuse(TransportException cause) {
        abort(cause);
        return Failures.of(cause);
    }

    /** What the caller is told of a session that broke off. */
    NetTcpException failed() {
        return explained(Objects.requireNonNull(failure));
    }

    private NetTcpException explained(TransportException cause) {
        if (cause instanceof TransportTimeoutException && System.nanoTime() - deadline >= 0) {
            return new NetTcpTimeoutException(
                    "sendTimeout",
                    binding.timeouts().sendTimeout(),
                    "the reply to " + request.action(),
                    "the connection was reset: " + cause.getMessage());
        }
        return Failures.of(cause);
    }

    /** Whether the session is open; if not, {@link #failed} says why. */
    boolean isOpen() {
        return session != null && failure == null;
    }

    // ---- the end

    /** Done when the session is over, in whatever way. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Done when the caller has the reply or knows that there is none, or the session is over before. */
    CompletableFuture<Void> delivered() {
        return delivered;
    }

    /** Whether the reply has arrived to its last byte. */
    boolean isReplyComplete() {
        EnvelopeMessages open = messages;
        return open != null && open.in().isComplete();
    }

    /** Gives the call up, wherever it is. */
    void abort(TransportException cause) {
        CompletableFuture<Session> attempt = opening;
        if (attempt != null) {
            attempt.cancel(false);
        }
        Session open = session;
        if (open != null) {
            open.abort(cause);
        }
    }

    private EnvelopeMessages messages() {
        EnvelopeMessages open = messages;
        if (open == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return open;
    }

    /** The envelope of the reply. Whoever closes it before it has arrived gives up the connection: the rest may be long. */
    private final class ReplyStream extends FilterInputStream {
        ReplyStream() {
            super(messages().in());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!isReplyComplete()) {
                abort(new SessionClosedException(
                        "the reply to %s was closed before it had arrived to its end".formatted(request.action())));
            }
            in.close();
        }
    }
}
