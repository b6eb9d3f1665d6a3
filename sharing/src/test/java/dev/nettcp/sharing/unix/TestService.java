package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.PeerCredentials;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** A service's end that records what comes and answers what a test tells it to. */
final class TestService implements ControlService, AutoCloseable {
    /** What a session received, in order; its end is the last, as a text. */
    static final class Session implements ControlSessionHandler {
        final ControlSession session;
        final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        private final BiFunction<ControlSession, ControlMessage, List<ControlMessage>> answers;

        Session(ControlSession session, BiFunction<ControlSession, ControlMessage, List<ControlMessage>> answers) {
            this.session = session;
            this.answers = answers;
        }

        @Override
        public void received(ControlMessage message) {
            events.add(message);
            answers.apply(session, message).forEach(session::send);
        }

        @Override
        public void closed(String why) {
            events.add(why);
        }
    }

    final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
    final BlockingQueue<LaneRequest> lanes = new LinkedBlockingQueue<>();
    final List<PeerCredentials> admitted = new ArrayList<>();
    final ControlServer server;
    Optional<Refused> refusal = Optional.empty();
    BiFunction<ControlSession, ControlMessage, List<ControlMessage>> answers = (session, message) -> List.of();

    TestService(Path path) throws IOException {
        this(path, ControlServerSettings.DEFAULT);
    }

    TestService(Path path, ControlServerSettings settings) throws IOException {
        server = ControlServer.bind(path, group, settings, this);
    }

    @Override
    public CompletionStage<Optional<Refused>> admit(PeerCredentials peer) {
        admitted.add(peer);
        return CompletableFuture.completedFuture(refusal);
    }

    @Override
    public ControlSessionHandler sessionOpened(ControlSession session) {
        Session opened = new Session(session, answers);
        sessions.add(opened);
        return opened;
    }

    @Override
    public void laneRequested(LaneRequest request) {
        lanes.add(request);
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 10 s");
        }
        return next;
    }

    static final LaneToken TOKEN = LaneToken.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});

    @Override
    public void close() throws IOException {
        server.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
