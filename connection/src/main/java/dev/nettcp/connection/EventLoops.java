package dev.nettcp.connection;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The threads that carry connections, and the kind of channel that goes with them: epoll where it exists, else NIO. One instance serves
 * any number of servers and clients. Its threads are daemons; whoever creates an instance closes it.
 */
public final class EventLoops implements AutoCloseable {

    private static final long SHUTDOWN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** With a quiet period of 0, Netty's loops leave without the round that closes their channels. */
    private static final long SHORTEST_QUIET_NANOS = 1;

    private final EventLoopGroup group;
    private final List<EventExecutor> loops = new ArrayList<>();
    private final boolean epoll;

    private EventLoops(EventLoopGroup group, boolean epoll) {
        this.group = group;
        group.forEach(loops::add);
        this.epoll = epoll;
    }

    /** Epoll where the platform has it, else NIO; as many threads as processors. */
    public static EventLoops create(String threadName) {
        return create(threadName, Runtime.getRuntime().availableProcessors());
    }

    /** Epoll where the platform has it, else NIO. Threads are called {@code threadName-1} and so on. */
    public static EventLoops create(String threadName, int threads) {
        return Epoll.isAvailable()
                ? new EventLoops(EventLoopGroups.epoll(threadName, threads), true)
                : nio(threadName, threads);
    }

    /** NIO even where epoll exists: for comparison and tests. */
    public static EventLoops nio(String threadName, int threads) {
        return new EventLoops(EventLoopGroups.nio(threadName, threads), false);
    }

    public EventLoopGroup group() {
        return group;
    }

    /** Whether sockets can be handed to another process. */
    public boolean isEpoll() {
        return epoll;
    }

    /** A listening socket, not yet registered or bound. */
    public ServerChannel newServerChannel() {
        return epoll ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    }

    /** A socket to connect with, not yet registered. */
    public SocketChannel newChannel() {
        return epoll ? new EpollSocketChannel() : new NioSocketChannel();
    }

    /** Ends the threads, and with them every connection they carry. Done when the last thread has ended. */
    public CompletableFuture<Void> shutdown() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        group.shutdownGracefully(SHORTEST_QUIET_NANOS, SHUTDOWN_NANOS, TimeUnit.NANOSECONDS)
                .addListener(done -> ended.complete(null));
        return ended;
    }

    /** As {@link #shutdown()}, and waits for it, unless called on one of the threads. */
    @Override
    public void close() {
        CompletableFuture<Void> ended = shutdown();
        if (!isCalledFromOwnThread()) {
            ended.join();
        }
    }

    /** Whether the caller is one of the threads, and therefore must not block. */
    public boolean isCalledFromOwnThread() {
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                return true;
            }
        }
        return false;
    }
}
