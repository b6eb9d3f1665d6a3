package dev.nettcp.connection;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Event loops of Netty with one difference: whatever a loop still carries when it ends is closed.
 *
 * <p>A loop of Netty 4.2 closes its channels in the round after it was told to end. If that happens between two of its looks at its own state,
 * and nothing is left to do, it ends without such a round: about once in a thousand times, and then the sockets stay open until the process
 * ends.
 *
 * <p>Exists on Netty 4.2 only; its classes are not touched on 4.1.
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
        return new Handler(carriers.newHandler(executor));
    }

    @Override
    public boolean isChangingThreadSupported() {
        return carriers.isChangingThreadSupported();
    }

    private record Handler(IoHandler carrier) implements IoHandler {

        @Override
        public void initialize() {
            carrier.initialize();
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
            carrier.prepareToDestroy();
            carrier.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return carrier.register(handle);
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
