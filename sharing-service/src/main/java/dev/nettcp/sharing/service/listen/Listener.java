package dev.nettcp.sharing.service.listen;

import dev.nettcp.sharing.service.config.AcceptSettings;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One listening socket. */
final class Listener {
    /** What accepts from a socket that listens. */
    interface Acceptor {
        AcceptLoop of(Socket socket, InetSocketAddress address, IoEventLoop loop);
    }

    /** As the original: an address in use is worth a wait of a second, in growing steps from 1 ms. */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private static final long LONGEST_STEP_MILLIS = 100;

    private static final int EADDRINUSE = -98;

    // setsockopt(IPPROTO_IPV6, IPV6_V6ONLY): IPv4 has a socket of its own
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    private final InetSocketAddress address;
    private final IoEventLoop loop;
    private final AcceptLoop accepting;

    private Listener(InetSocketAddress address, IoEventLoop loop, AcceptLoop accepting) {
        this.address = address;
        this.loop = loop;
        this.accepting = accepting;
    }

    /** Done when it listens; else failed with what the kernel said last. */
    static CompletableFuture<Listener> open(
            InetSocketAddress address, AcceptSettings limits, IoEventLoop loop, Acceptor acceptor) {
        var opening = new Opening(address, limits, loop, acceptor);
        loop.execute(() -> opening.attempt(1));
        return opening.opened;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Done when the kernel knows the socket no longer. */
    CompletableFuture<Void> close() {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        accepting.close();
                    } catch (IOException e) {
                        throw new IllegalStateException(
                                "the socket that listens on %s cannot be closed".formatted(address), e);
                    }
                },
                loop);
    }

    /** The attempts to bind, one after the other, on one event loop. */
    private static final class Opening {
        private final CompletableFuture<Listener> opened = new CompletableFuture<>();
        private final long begin = System.nanoTime();
        private final InetSocketAddress address;
        private final AcceptSettings limits;
        private final IoEventLoop loop;
        private final Acceptor acceptor;

        Opening(InetSocketAddress address, AcceptSettings limits, IoEventLoop loop, Acceptor acceptor) {
            this.address = address;
            this.limits = limits;
            this.loop = loop;
            this.acceptor = acceptor;
        }

        void attempt(long nextStepMillis) {
            LinuxSocket socket = null;
            try {
                socket = newSocket();
                socket.bind(address);
                socket.listen(limits.listenBacklog());
                register(socket);
            } catch (IOException | RuntimeException e) { // in use, not ours, no descriptor left, no such address family
                close(socket);
                if (isInUse(e) && System.nanoTime() - begin < PATIENCE) {
                    long next = Math.min(2 * nextStepMillis, LONGEST_STEP_MILLIS);
                    loop.schedule(() -> attempt(next), nextStepMillis, TimeUnit.MILLISECONDS);
                } else {
                    opened.completeExceptionally(e);
                }
            }
        }

        private LinuxSocket newSocket() throws IOException {
            boolean ipv6 = address.getAddress() instanceof Inet6Address;
            LinuxSocket socket =
                    LinuxSocket.newSocketStream(ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
            try {
                socket.setReuseAddress(true);
                if (ipv6) {
                    socket.setIntOpt(IPPROTO_IPV6, IPV6_V6ONLY, 1);
                }
                return socket;
            } catch (IOException e) {
                close(socket);
                throw e;
            }
        }

        private void register(Socket socket) {
            AcceptLoop accepting = acceptor.of(socket, address, loop);
            loop.register(accepting).addListener((Future<IoRegistration> registered) -> {
                if (registered.isSuccess()) {
                    accepting.begin(registered.getNow());
                    opened.complete(new Listener(address, loop, accepting));
                } else {
                    close(socket);
                    opened.completeExceptionally(registered.cause());
                }
            });
        }

        private void close(@Nullable Socket socket) {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                opened.completeExceptionally(e);
            }
        }

        private static boolean isInUse(Throwable cause) {
            return cause instanceof NativeIoException failure && failure.expectedErr() == EADDRINUSE;
        }
    }
}
