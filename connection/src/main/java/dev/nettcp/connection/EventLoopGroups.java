package dev.nettcp.connection;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;

/**
 * Creates event loop groups on Netty 4.2, and on 4.1, which some frameworks still bring along. 4.2 has one group class that takes the kind of
 * I/O as a handler, and deprecates the group class for each kind that 4.1 has; so both are reached by name.
 */
final class EventLoopGroups {

    private static final String CHANNEL = "io.netty.channel.";

    private EventLoopGroups() {}

    static EventLoopGroup epoll(String threadName, int threads) {
        return create("epoll.EpollIoHandler", "epoll.EpollEventLoopGroup", threadName, threads);
    }

    static EventLoopGroup nio(String threadName, int threads) {
        return create("nio.NioIoHandler", "nio.NioEventLoopGroup", threadName, threads);
    }

    private static EventLoopGroup create(String ioHandler, String groupBefore42, String threadName, int threads) {
        ThreadFactory threadFactory = new DefaultThreadFactory(threadName, true);
        try {
            return (EventLoopGroup)
                    (hasIoHandlers()
                            ? of42(ioHandler, threads, threadFactory)
                            : of41(groupBefore42, threads, threadFactory));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "This Netty has neither %s%s nor %s%s; nettcp runs on Netty 4.1 and 4.2."
                            .formatted(CHANNEL, ioHandler, CHANNEL, groupBefore42),
                    e);
        }
    }

    private static boolean hasIoHandlers() {
        try {
            Class.forName(CHANNEL + "IoHandlerFactory");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Object of42(String ioHandler, int threads, ThreadFactory threadFactory)
            throws ReflectiveOperationException {
        Class<?> factory = Class.forName(CHANNEL + "IoHandlerFactory");
        return Class.forName(CHANNEL + "MultiThreadIoEventLoopGroup")
                .getConstructor(int.class, ThreadFactory.class, factory)
                .newInstance(
                        threads,
                        threadFactory,
                        Class.forName(CHANNEL + ioHandler)
                                .getMethod("newFactory")
                                .invoke(null));
    }

    private static Object of41(String group, int threads, ThreadFactory threadFactory)
            throws ReflectiveOperationException {
        return Class.forName(CHANNEL + group)
                .getConstructor(int.class, ThreadFactory.class)
                .newInstance(threads, threadFactory);
    }
}
