package dev.nettcp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Decides how much of a socket is read at once: as Netty does by itself, or, while a {@linkplain #bound bound} is set, never more than that
 * many bytes for each request to read. Belongs to one channel.
 */
@SuppressWarnings(
        "deprecation") // Netty deprecates the interface of the handle for users, and has no other for implementors
final class BoundedReads implements RecvByteBufAllocator {

    /** No bound. */
    static final int UNBOUNDED = 0;

    private final RecvByteBufAllocator unbounded = new AdaptiveRecvByteBufAllocator();
    private int bound = UNBOUNDED;

    /** How many bytes the next reads bring at most; {@link #UNBOUNDED} for as many as there are. */
    void bound(int bytes) {
        bound = bytes;
    }

    @Override
    public Handle newHandle() {
        return new BoundedHandle((ExtendedHandle) unbounded.newHandle());
    }

    private final class BoundedHandle implements ExtendedHandle {

        private final ExtendedHandle whole;

        BoundedHandle(ExtendedHandle whole) {
            this.whole = whole;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            return bound == UNBOUNDED ? whole.allocate(alloc) : alloc.ioBuffer(bound, bound);
        }

        @Override
        public int guess() {
            return bound == UNBOUNDED ? whole.guess() : bound;
        }

        @Override
        public boolean continueReading() {
            return bound == UNBOUNDED && whole.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreDataSupplier) {
            return bound == UNBOUNDED && whole.continueReading(maybeMoreDataSupplier);
        }

        @Override
        public void reset(ChannelConfig config) {
            whole.reset(config);
        }

        @Override
        public void incMessagesRead(int numMessages) {
            whole.incMessagesRead(numMessages);
        }

        @Override
        public void lastBytesRead(int bytes) {
            whole.lastBytesRead(bytes);
        }

        @Override
        public int lastBytesRead() {
            return whole.lastBytesRead();
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            whole.attemptedBytesRead(bytes);
        }

        @Override
        public int attemptedBytesRead() {
            return whole.attemptedBytesRead();
        }

        @Override
        public void readComplete() {
            whole.readComplete();
        }
    }
}
