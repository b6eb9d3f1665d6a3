package dev.nettcp.sharing.unix;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.IntSupplier;

/**
 * How much of a Unix socket is read at once: what is there, or, where a descriptor may follow a message, never more than one
 * message. Belongs to one socket; settled before it is read for the first time.
 */
@SuppressWarnings(
        "deprecation") // Netty deprecates the interface of the handle for users, and has no other for implementors
final class MessageReads extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int USUAL = 512;

    /** The size of a message; behind it what the size says. */
    private static final int PREFIX = 4;

    private final IntSupplier bytesMissing;
    private boolean messagesOnly;

    /** @param bytesMissing how many bytes the message that has begun to arrive has still to come, as far as that is known; at least 1 */
    MessageReads(IntSupplier bytesMissing) {
        this.bytesMissing = bytesMissing;
    }

    /** From here on one message at a time. */
    void messagesOnly() {
        messagesOnly = true;
    }

    @Override
    public Handle newHandle() {
        return new Reading();
    }

    private final class Reading extends MaxMessageHandle {
        @Override
        public int guess() {
            return messagesOnly ? bytesMissing.getAsInt() : USUAL;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            int size = guess();
            return allocator.ioBuffer(size, size);
        }

        /** After the size comes the rest of a message; after the rest nothing before the message has been worked on. */
        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return messagesOnly
                    ? attemptedBytesRead() == PREFIX && lastBytesRead() == PREFIX
                    : super.continueReading(maybeMore);
        }
    }
}
