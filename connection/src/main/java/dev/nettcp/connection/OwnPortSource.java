package dev.nettcp.connection;

import dev.nettcp.framing.via.BaseAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a port of its own: for a DNS name on all addresses of the host, IPv4 and IPv6, for an IP literal on that address only. As with
 * WCF, {@code localhost} does <em>not</em> mean the loopback addresses alone. Port 0 asks for any free one.
 *
 * <p>The socket accepts only while the acceptor has a place; everybody else waits in the kernel, listenBacklog of them.
 */
public final class OwnPortSource implements ConnectionSource {

    private static final Logger LOG = LoggerFactory.getLogger(OwnPortSource.class);

    /** A port that was just given up by its last holder is worth a short wait, within openTimeout; WCF waits as long. */
    private static final Duration ADDRESS_IN_USE_PATIENCE = Duration.ofSeconds(1);

    /** Where this process listens, and for which address: for who wants the same port. */
    private static final Map<Channel, BaseAddress> LISTENING = new ConcurrentHashMap<>();

    private final ListenRequest request;
    private volatile @Nullable Channel listening;
    private volatile @Nullable CompletableFuture<Void> opening;
    private volatile boolean stopped;

    public OwnPortSource(ListenRequest request) {
        this.request = request;
    }

    @Override
    public CompletableFuture<Void> open(ConnectionAcceptor acceptor) {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        opening = opened;
        EventLoop loop = request.eventLoops().group().next();
        long deadline = System.nanoTime() + patience().toNanos();
        loop.execute(
                () -> new Opening(loop, acceptor, deadline, opened).tryNext(ListenAddresses.of(request.address()), 1));
        return opened.copy();
    }

    private Duration patience() {
        Duration limit = request.openTimeout();
        return limit.compareTo(ADDRESS_IN_USE_PATIENCE) < 0 ? limit : ADDRESS_IN_USE_PATIENCE;
    }

    @Override
    public CompletableFuture<Void> stop() {
        stopped = true;
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> begun = opening;
        if (begun == null) {
            done.complete(null);
        } else {
            begun.whenComplete((opened, failure) -> close(done)); // an attempt that is under way ends first
        }
        return done;
    }

    private void close(CompletableFuture<Void> done) {
        Channel channel = listening;
        if (channel == null) {
            done.complete(null);
        } else {
            channel.close().addListener(closed -> {
                request.listener().onEvent(new SourceEvent.Stopped());
                done.complete(null);
            });
        }
    }

    @Override
    public List<InetSocketAddress> localAddresses() {
        Channel channel = listening;
        return channel != null && channel.localAddress() instanceof InetSocketAddress address
                ? List.of(address)
                : List.of();
    }

    @Override
    public String toString() {
        return "own port of " + request.address();
    }

    /** The attempts to bind, one after the other, on one event loop. */
    private final class Opening {

        private final EventLoop loop;
        private final ConnectionAcceptor acceptor;
        private final long deadline;
        private final CompletableFuture<Void> opened;

        Opening(EventLoop loop, ConnectionAcceptor acceptor, long deadline, CompletableFuture<Void> opened) {
            this.loop = loop;
            this.acceptor = acceptor;
            this.deadline = deadline;
            this.opened = opened;
        }

        void tryNext(List<InetSocketAddress> candidates, long delayMillis) {
            InetSocketAddress address = candidates.get(0);
            ServerChannel channel = request.eventLoops().newServerChannel();
            channel.config().setAutoRead(false);
            channel.config()
                    .setOption(ChannelOption.SO_BACKLOG, request.limits().listenBacklog());
            channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
            channel.pipeline().addLast(new AcceptHandler(request, acceptor));
            loop.register(channel).addListener((ChannelFuture registered) -> {
                if (!registered.isSuccess()) {
                    channel.close();
                    fail(address, registered.cause());
                    return;
                }
                channel.bind(address).addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        succeed(channel);
                    } else {
                        channel.close();
                        retry(candidates, delayMillis, bound.cause());
                    }
                });
            });
        }

        private void retry(List<InetSocketAddress> candidates, long delayMillis, Throwable cause) {
            BindFailure failure = BindFailure.of(cause);
            if (failure == BindFailure.ADDRESS_IN_USE && System.nanoTime() < deadline && !stopped) {
                loop.schedule(
                        () -> tryNext(candidates, Math.min(2 * delayMillis, 100)), delayMillis, TimeUnit.MILLISECONDS);
            } else if (failure == BindFailure.OTHER && candidates.size() > 1 && !stopped) {
                tryNext(candidates.subList(1, candidates.size()), delayMillis);
            } else {
                fail(candidates.get(0), cause);
            }
        }

        private void succeed(Channel channel) {
            listening = channel;
            LISTENING.put(channel, request.address());
            channel.closeFuture().addListener(closed -> LISTENING.remove(channel));
            LOG.info("Listening on {} for {}", channel.localAddress(), request.address());
            request.listener().onEvent(new SourceEvent.Listening(localAddresses()));
            opened.complete(null);
        }

        private void fail(InetSocketAddress address, Throwable cause) {
            opened.completeExceptionally(
                    BindFailure.of(cause).toException(request.address(), address, holder(address.getPort()), cause));
        }
    }

    /** Whom in this process the port belongs to. */
    private static Optional<BaseAddress> holder(int port) {
        return LISTENING.entrySet().stream()
                .filter(entry ->
                        entry.getKey().localAddress() instanceof InetSocketAddress local && local.getPort() == port)
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
