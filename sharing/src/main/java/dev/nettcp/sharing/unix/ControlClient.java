package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlCodec;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.Hello;
import dev.nettcp.sharing.ControlMessage.LaneHello;
import dev.nettcp.sharing.ControlMessage.LaneOpened;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Welcome;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.LaneDirection;
import dev.nettcp.sharing.LaneObserver;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.PeerText;
import dev.nettcp.sharing.ProtocolVersion;
import dev.nettcp.sharing.unix.ControlConnectException.Reason;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the service: opens control sessions and lanes on its socket. Each of them is a connection of its own and lives
 * on one of the event loops given. Failures are {@link ControlConnectException}s. Cancelling what is still being opened closes it.
 */
public final class ControlClient {
    private static final Logger LOG = LoggerFactory.getLogger(ControlClient.class);

    private final Path path;
    private final EventLoopGroup group;
    private final Duration limit;
    private final IntPredicate trustedUser;
    private final LaneObserver observer;

    /**
     * @param path of the control socket, see {@link ControlSocketPath#toConnect}
     * @param group event loops of epoll; not shut down here
     * @param limit how long connecting and the service's answer may take together; more than zero
     * @param trustedUser which user ids the service may have; nothing is sent to any other
     * @throws UnsupportedOperationException where there is no epoll
     */
    public ControlClient(Path path, EventLoopGroup group, Duration limit, IntPredicate trustedUser) {
        this(path, group, limit, trustedUser, LaneObserver.NONE);
    }

    /** As above; the observer watches the lanes that are opened here. */
    public ControlClient(
            Path path, EventLoopGroup group, Duration limit, IntPredicate trustedUser, LaneObserver observer) {
        EpollSupport.require();
        this.path = path;
        this.group = group;
        this.limit = limit;
        this.trustedUser = trustedUser;
        this.observer = observer;
    }

    /** Root, this process's own user, and those given. */
    public static IntPredicate rootOrSelfOr(List<Integer> users) {
        int self = ownUser();
        List<Integer> others = List.copyOf(users);
        return uid -> uid == 0 || uid == self || others.contains(uid);
    }

    /** The user id of this process, from the kernel. */
    public static int ownUser() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new IllegalStateException("/proc is not readable, so this process's user is not known", e);
        }
    }

    public Path path() {
        return path;
    }

    /** Opens a control session; {@code handlers} is called on the event loop as soon as the service has welcomed us. */
    public CompletableFuture<ControlSession> openSession(
            String product,
            List<String> features,
            Function<? super ControlSession, ? extends ControlSessionHandler> handlers) {
        return open(new Hello(ProtocolVersion.CURRENT, product, features), (opening, answer) -> {
            if (!(answer instanceof Welcome welcome)) {
                return null;
            }
            var greeting = new SessionDriver.Greeting(welcome.version(), welcome.product(), welcome.features());
            SessionDriver session = new SessionDriver(
                    opening.stream,
                    opening.peer,
                    greeting,
                    why -> LOG.warn("the session with the service, {}, ends: {}", opening.peer, why),
                    Optional.empty());
            session.begin(handlers);
            return session;
        });
    }

    /** Opens a lane over which the service hands connections to us. */
    public CompletableFuture<ReceivingLane> openHandoverLane(
            LaneToken token, LaneDeadlines deadlines, HandoverReceiver receiver) {
        return open(
                new LaneHello(token, LaneDirection.HANDOVER),
                (opening, answer) ->
                        lane(opening, answer, new TakingLane(opening.stream, deadlines, receiver, observer)));
    }

    /** Opens a lane over which we return connections to the service. */
    public CompletableFuture<HandoverLane> openReturnLane(LaneToken token, LaneDeadlines deadlines) {
        return open(
                new LaneHello(token, LaneDirection.RETURN),
                (opening, answer) -> lane(opening, answer, new SendingLane(opening.stream, deadlines, observer)));
    }

    private static <L extends LaneDriver<?>> @Nullable L lane(Opening<?> opening, ControlMessage answer, L lane) {
        if (!(answer instanceof LaneOpened)) {
            return null;
        }
        opening.stream.become(lane);
        return lane;
    }

    private <T> CompletableFuture<T> open(
            ControlMessage first, BiFunction<Opening<?>, ControlMessage, @Nullable T> whenAnswered) {
        CompletableFuture<T> result = new CompletableFuture<>();
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > ControlServer.MAX_PATH) {
            result.completeExceptionally(new ControlConnectException(
                    Reason.NO_SOCKET,
                    "there is no control socket at %s: its path has %d bytes, and at most %d are possible"
                            .formatted(path, length, ControlServer.MAX_PATH)));
            return result;
        }
        var connecting = new Bootstrap()
                .group(group)
                .channel(EpollDomainSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(limit.toMillis(), Integer.MAX_VALUE))
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(path.toString()));
        connecting.addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                connected(connected.channel(), first, whenAnswered, result);
            } else {
                result.completeExceptionally(notConnected(connected.cause()));
            }
        });
        result.whenComplete((opened, failure) -> {
            if (result.isCancelled()) {
                connecting.channel().close();
            }
        });
        return result;
    }

    private <T> void connected(
            Channel connected,
            ControlMessage first,
            BiFunction<Opening<?>, ControlMessage, @Nullable T> whenAnswered,
            CompletableFuture<T> result)
            throws IOException {
        EpollDomainSocketChannel channel = (EpollDomainSocketChannel) connected;
        var kernel = channel.peerCredentials();
        PeerCredentials peer = new PeerCredentials(kernel.pid(), kernel.uid(), kernel.gids()[0]);
        if (!trustedUser.test(peer.uid())) {
            channel.close();
            result.completeExceptionally(new ControlConnectException(
                    Reason.UNTRUSTED_PEER,
                    "%s listens at %s, which is neither root nor this process's own user nor the service's configured one"
                            .formatted(peer, path)));
            return;
        }
        MessageStream stream = new MessageStream(channel, ControlCodec.MAX_SIZE_FROM_SERVICE);
        Opening<T> opening = new Opening<>(stream, peer, whenAnswered, result);
        stream.become(opening);
        channel.pipeline().addLast(stream);
        channel.eventLoop().schedule(opening::overdue, limit.toNanos(), TimeUnit.NANOSECONDS);
        stream.send(first);
        stream.resume();
    }

    private ControlConnectException notConnected(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof FileNotFoundException) {
            return new ControlConnectException(Reason.NO_SOCKET, "there is no control socket at " + path);
        } else if (message.contains("Permission denied")) {
            return new ControlConnectException(
                    Reason.NO_PERMISSION, "the permissions of the control socket %s forbid connecting".formatted(path));
        }
        return new ControlConnectException(
                Reason.NOBODY_LISTENS, "nobody listens at the control socket %s: %s".formatted(path, message));
    }

    /** The socket between connecting and the service's first answer. */
    private final class Opening<T> implements SocketRole {
        private final MessageStream stream;
        private final PeerCredentials peer;
        private final BiFunction<Opening<?>, ControlMessage, @Nullable T> whenAnswered;
        private final CompletableFuture<T> result;

        private Opening(
                MessageStream stream,
                PeerCredentials peer,
                BiFunction<Opening<?>, ControlMessage, @Nullable T> whenAnswered,
                CompletableFuture<T> result) {
            this.stream = stream;
            this.peer = peer;
            this.whenAnswered = whenAnswered;
            this.result = result;
        }

        @Override
        public void message(ControlMessage message) {
            T opened = whenAnswered.apply(this, message);
            if (opened != null) {
                if (!result.complete(opened)) {
                    stream.channel().close(); // cancelled meanwhile
                }
            } else if (message instanceof Refused refused) {
                fail(new ControlConnectException(
                        Reason.REFUSED,
                        refused.status(),
                        "the port sharing service at %s refused: %s (%s)"
                                .formatted(path, PeerText.shown(refused.text()), refused.status())));
            } else {
                malformed(PeerText.shown(message + " came first"));
            }
        }

        @Override
        public void malformed(String why) {
            fail(new ControlConnectException(
                    Reason.NO_ANSWER, "what answered at %s is no port sharing service: %s".formatted(path, why)));
        }

        @Override
        public void inputEnded(String why) {
            fail(new ControlConnectException(
                    Reason.NO_ANSWER, "the service at %s closed the connection without an answer".formatted(path)));
        }

        private void overdue() {
            if (!result.isDone()) {
                fail(new ControlConnectException(
                        Reason.NO_ANSWER, "the service at %s did not answer within %s".formatted(path, limit)));
            }
        }

        private void fail(ControlConnectException failure) {
            stream.channel().close();
            result.completeExceptionally(failure);
        }
    }
}
