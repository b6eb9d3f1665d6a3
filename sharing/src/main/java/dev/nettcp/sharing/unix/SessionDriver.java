package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.AdminEnd;
import dev.nettcp.sharing.ControlMessage.AdminRequest;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.ControlMessage.Unregister;
import dev.nettcp.sharing.ControlMessage.Unregistered;
import dev.nettcp.sharing.ControlMessage.Validate;
import dev.nettcp.sharing.ControlMessage.Validated;
import dev.nettcp.sharing.ControlProtocolException;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.PeerText;
import dev.nettcp.sharing.ProtocolVersion;
import dev.nettcp.sharing.StatusCode;
import io.netty.channel.socket.DuplexChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control session on its socket, either end. What a peer can make us keep is bounded: we read on only while it has few
 * requests unanswered and takes the answers it was sent.
 */
final class SessionDriver implements ControlSession, SocketRole {
    private static final Logger LOG = LoggerFactory.getLogger(SessionDriver.class);
    private static final int MAX_UNANSWERED = 256;
    private static final long FINISH_SECONDS = 2;

    /** What the peer said of itself in its greeting. */
    record Greeting(ProtocolVersion version, String product, List<String> features) {}

    private final MessageStream stream;
    private final PeerCredentials peer;
    private final Greeting greeting;
    private final Consumer<String> broken;
    private final Optional<Stay> stay;
    private @Nullable ControlSessionHandler handler;
    private int unanswered;
    private boolean finishing;
    private boolean closed;

    /**
     * A session that is about to begin.
     *
     * @param broken told why, when the peer breaks the protocol or may stay no longer
     * @param stay how long the peer may stay, at the service's end
     */
    SessionDriver(
            MessageStream stream,
            PeerCredentials peer,
            Greeting greeting,
            Consumer<String> broken,
            Optional<Stay> stay) {
        this.stream = stream;
        this.peer = peer;
        this.greeting = greeting;
        this.broken = broken;
        this.stay = stay;
    }

    /** Takes the socket over; on its event loop. */
    void begin(Function<? super ControlSession, ? extends ControlSessionHandler> handlers) {
        stream.become(this);
        stay.ifPresent(s -> s.handedTo(this::expel));
        handler = handlers.apply(this);
    }

    @Override
    public PeerCredentials peer() {
        return peer;
    }

    @Override
    public ProtocolVersion version() {
        return greeting.version;
    }

    @Override
    public String product() {
        return PeerText.shown(greeting.product);
    }

    @Override
    public List<String> features() {
        return greeting.features;
    }

    @Override
    public void stand(Standing standing) {
        onLoop(() -> stay.ifPresent(s -> s.as(standing)));
    }

    private void expel(Refused refusal) {
        if (!finishing) {
            finishing = true;
            broken.accept(refusal.text());
            stream.send(refusal);
        }
        stream.channel().close();
    }

    @Override
    public CompletionStage<Void> send(ControlMessage message) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        onLoop(() -> {
            if (isAnswer(message)) {
                unanswered--;
            }
            stream.send(message).addListener(written -> {
                if (written.isSuccess()) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(written.cause());
                }
            });
            readOrWait();
        });
        return sent;
    }

    @Override
    public void refuse(StatusCode status, String text) {
        onLoop(() -> {
            if (!finishing) {
                stream.send(new Refused(status, text));
                finish();
            }
        });
    }

    @Override
    public void finish() {
        onLoop(() -> {
            if (finishing) {
                return;
            }
            finishing = true;
            stream.resume();
            ((DuplexChannel) stream.channel()).shutdownOutput();
            stream.channel().eventLoop().schedule(() -> stream.channel().close(), FINISH_SECONDS, TimeUnit.SECONDS);
        });
    }

    @Override
    public void close() {
        stream.channel().close();
    }

    @Override
    public void message(ControlMessage message) {
        if (finishing || handler == null) {
            return;
        }
        if (isRequest(message)) {
            unanswered++;
        }
        try {
            handler.received(message);
        } catch (ControlProtocolException e) {
            malformed(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            LOG.error("the session of {} ends after a failure of ours", peer, e);
            refuse(StatusCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
        }
        readOrWait();
    }

    @Override
    public void malformed(String why) {
        if (!finishing) {
            broken.accept(PeerText.shown(why));
        }
        refuse(StatusCode.INVALID_ARGUMENT, why);
    }

    @Override
    public void inputEnded(String why) {
        stream.channel().close();
        if (!closed && handler != null) {
            closed = true;
            handler.closed(why);
        }
    }

    @Override
    public void writabilityChanged(boolean writable) {
        readOrWait();
    }

    private void readOrWait() {
        if (!finishing && (unanswered >= MAX_UNANSWERED || !stream.channel().isWritable())) {
            stream.pause();
        } else {
            stream.resume();
        }
    }

    private void onLoop(Runnable task) {
        if (stream.channel().eventLoop().inEventLoop()) {
            task.run();
        } else {
            stream.channel().eventLoop().execute(task);
        }
    }

    private static boolean isRequest(ControlMessage message) {
        return message instanceof Register
                || message instanceof Validate
                || message instanceof Unregister
                || message instanceof AdminRequest;
    }

    private static boolean isAnswer(ControlMessage message) {
        return message instanceof Registered
                || message instanceof Validated
                || message instanceof Unregistered
                || message instanceof AdminEnd;
    }
}
