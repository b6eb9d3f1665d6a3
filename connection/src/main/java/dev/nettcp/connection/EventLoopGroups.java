package dev.nettcp.connection;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * Creates event loop groups on Netty 4.2, and on 4.1, which some frameworks still bring along. 4.2 has one group class that takes the kind of
 * I/O as a handler, and deprecates the group class for each kind that 4.1 has; so both are reached by name.
 */
final class EventLoopGroups {

    private static final String CHANNEL = "io.netty.channel.";

    private EventLoopGroups() {}

    static EventLoopGroup epoll(String threadName, int threads) {
        // Here and below a lambda: a reference to the method would load the class, which Netty 4.1 has no base for.
        return create("epoll.EpollEventLoopGroup", threadName, threads, () -> ClosingAtTheEnd.epoll());
    }

    static EventLoopGroup nio(String threadName, int threads) {
        return create("nio.NioEventLoopGroup", threadName, threads, () -> ClosingAtTheEnd.nio());
    }

    private static EventLoopGroup create(
            String groupOf41, String threadName, int threads, Supplier<Object> ioHandlerFactoryOf42) {
        ThreadFactory threadFactory = new DefaultThreadFactory(threadName, true);
        try {
            return (EventLoopGroup)
                    (hasIoHandlers()
                            ? of42(threads, threadFactory, ioHandlerFactoryOf42.get())
                            : of41(groupOf41, threads, threadFactory));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "This Netty has neither the event loop groups of 4.1 nor those of 4.2; nettcp runs on both.", e);
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

    private static Object of42(int threads, ThreadFactory threadFactory, Object ioHandlerFactory)
            throws ReflectiveOperationException {
        return Class.forName(CHANNEL + "MultiThreadIoEventLoopGroup")
                .getConstructor(int.class, ThreadFactory.class, Class.forName(CHANNEL + "IoHandlerFactory"))
                .newInstance(threads, threadFactory, ioHandlerFactory);
    }

    private static Object of41(String group, int threads, ThreadFactory threadFactory)
            throws ReflectiveOperationException {
        return Class.forName(CHANNEL + group)
                .getConstructor(int.class, ThreadFactory.class)
                .newInstance(threads, threadFactory);
    }
}
