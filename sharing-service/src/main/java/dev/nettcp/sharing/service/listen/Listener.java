package dev.nettcp.sharing.service.listen;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.sharing.service.config.AcceptSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One listening socket. */
final class Listener {
    /** As the original: an address in use is worth a wait of a second, in growing steps from 1 ms. */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private static final long LONGEST_STEP_MILLIS = 100;

    private static final int EADDRINUSE = -98;

    /** {@code setsockopt(IPPROTO_IPV6, IPV6_V6ONLY)}: IPv4 has a socket of its own. */
    private static final IntegerUnixChannelOption IPV6_ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    private final InetSocketAddress address;
    private final Channel channel;

    private Listener(InetSocketAddress address, Channel channel) {
        this.address = address;
        this.channel = channel;
    }

    /** Done when it listens; else failed with what the kernel said last. */
    static CompletableFuture<Listener> open(
            InetSocketAddress address, AcceptSettings limits, EventLoops loops, Supplier<ChannelHandler> acceptor) {
        var opening = new Opening(address, limits, loops, acceptor);
        opening.attempt(1);
        return opening.opened;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Done when the kernel knows the socket no longer. */
    CompletableFuture<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        channel.close().addListener(done -> closed.complete(null));
        return closed;
    }

    /** The attempts to bind, one after the other, on one event loop. */
    private static final class Opening {
        private final CompletableFuture<Listener> opened = new CompletableFuture<>();
        private final long begin = System.nanoTime();
        private final InetSocketAddress address;
        private final AcceptSettings limits;
        private final EventLoop loop;
        private final Supplier<ChannelHandler> acceptor;

        Opening(InetSocketAddress address, AcceptSettings limits, EventLoops loops, Supplier<ChannelHandler> acceptor) {
            this.address = address;
            this.limits = limits;
            this.loop = loops.group().next();
            this.acceptor = acceptor;
        }

        void attempt(long nextStepMillis) {
            try {
                attempt(newChannel(), nextStepMillis);
            } catch (RuntimeException e) { // no descriptor left, or no such address family
                opened.completeExceptionally(e);
            }
        }

        private void attempt(ServerChannel channel, long nextStepMillis) {
            loop.register(channel).addListener((ChannelFuture registered) -> {
                if (!registered.isSuccess()) {
                    failed(channel, registered.cause());
                    return;
                }
                channel.bind(address).addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        opened.complete(new Listener(address, channel));
                    } else if (isInUse(bound.cause()) && System.nanoTime() - begin < PATIENCE) {
                        channel.close();
                        long next = Math.min(2 * nextStepMillis, LONGEST_STEP_MILLIS);
                        loop.schedule(() -> attempt(next), nextStepMillis, TimeUnit.MILLISECONDS);
                    } else {
                        failed(channel, bound.cause());
                    }
                });
            });
        }

        private ServerChannel newChannel() {
            boolean ipv6 = address.getAddress() instanceof Inet6Address;
            ServerChannel channel =
                    new EpollServerSocketChannel(ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
            channel.config().setAutoRead(false);
            channel.config().setOption(ChannelOption.SO_BACKLOG, limits.listenBacklog());
            channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
            if (ipv6) {
                channel.config().setOption(IPV6_ONLY, 1);
            }
            channel.pipeline().addLast(acceptor.get());
            return channel;
        }

        private void failed(Channel channel, Throwable cause) {
            channel.close();
            opened.completeExceptionally(cause);
        }

        private static boolean isInUse(Throwable cause) {
            return cause instanceof NativeIoException failure && failure.expectedErr() == EADDRINUSE;
        }
    }
}
