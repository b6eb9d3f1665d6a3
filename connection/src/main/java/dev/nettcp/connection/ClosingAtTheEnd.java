package dev.nettcp.connection;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Event loops of Netty with one difference: when a loop ends, everything it carries is closed before, and its handlers hear of that.
 *
 * <p>A loop of Netty 4.2 (to 4.2.18 at least) first looks whether it is to end, and closes its channels if so; then it runs tasks; then it leaves,
 * if it is to end and had nothing to do. When it is told to end after the look, it leaves without having closed anything: NIO's sockets
 * stay open as long as the process lives, and nobody is told. The same goes for a channel that one of the last tasks registers. So here a
 * loop that is to end always makes one more round, and what is registered from then on is refused.
 *
 * <p>Exists on Netty 4.2 only; its classes are not touched on 4.1, which closes channels after the tasks.
 */
final class ClosingAtTheEnd implements IoHandlerFactory {

    private final IoHandlerFactory carriers;

    private ClosingAtTheEnd(IoHandlerFactory carriers) {
        this.carriers = carriers;
    }

    /** What a group of Netty 4.2 takes, typed so that nobody needs 4.2 to call this. */
    static Object epoll() {
        return new ClosingAtTheEnd(new KeptRegistrations());
    }

    /** As {@link #epoll}. */
    static Object nio() {
        return new ClosingAtTheEnd(NioIoHandler.newFactory());
    }

    @Override
    public IoHandler newHandler(ThreadAwareExecutor executor) {
        return new Handler(carriers.newHandler(executor), (SingleThreadEventExecutor) executor);
    }

    @Override
    public boolean isChangingThreadSupported() {
        return carriers.isChangingThreadSupported();
    }

    private record Handler(IoHandler carrier, SingleThreadEventExecutor loop) implements IoHandler {

        /** A loop that had a hook to run does not leave before its next round. */
        @Override
        public void initialize() {
            carrier.initialize();
            loop.addShutdownHook(() -> {});
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            if (loop.isShuttingDown()) {
                throw new RejectedExecutionException("The event loop is ending and takes no new connections.");
            }
            return carrier.register(handle);
        }

        @Override
        public int run(IoHandlerContext context) {
            return carrier.run(context);
        }

        @Override
        public void prepareToDestroy() {
            carrier.prepareToDestroy();
        }

        @Override
        public void destroy() {
            carrier.destroy();
        }

        @Override
        public void wakeup() {
            carrier.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return carrier.isCompatible(handleType);
        }
    }
}
