package dev.nettcp.connection;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How many connections one request to read brings from a listening socket. Netty's own limit of messages holds only with auto-read: without
 * it a request accepts a single connection, whatever the limit says, and the next one waits until the event loop has gone round once more.
 * Under load that keeps clients in the kernel's queue until it overflows, and who is dropped there tries again only after a second.
 *
 * <p>Belongs to one listening socket; used on its event loop.
 */
@SuppressWarnings(
        "deprecation") // Netty deprecates the interface of the handle for users, and has no other for implementors
public final class AcceptBatch extends DefaultMaxMessagesRecvByteBufAllocator {

    private static final int UNUSED_GUESS = 128;

    private int left;

    /** At first one connection for each request. */
    public AcceptBatch() {
        this.left = 0;
    }

    /** From now on so many at most, for the request that is being answered or for the next one; each has its own. */
    public void atMost(int connections) {
        left = connections;
    }

    @Override
    public Handle newHandle() {
        return new Counting();
    }

    private final class Counting extends MaxMessageHandle {

        @Override
        public int guess() {
            return UNUSED_GUESS;
        }

        /** Asked once after each connection. */
        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            left--;
            return left > 0;
        }
    }
}
