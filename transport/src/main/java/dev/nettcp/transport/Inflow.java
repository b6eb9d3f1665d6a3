package dev.nettcp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * The bytes of one connection that have arrived and are not dealt with yet. Buffers are passed on as they come; bytes are copied only where
 * a record spans two of them. Envelopes may still hold slices of a buffer that is given up or appended to here.
 */
final class Inflow {

    private final ByteBufAllocator alloc;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private boolean keeping;

    Inflow(ByteBufAllocator alloc) {
        this.alloc = alloc;
    }

    /** What has arrived; read from here. Valid until the next call of another method. */
    ByteBuf bytes() {
        return bytes;
    }

    /** Takes over one more buffer. */
    void add(ByteBuf more) {
        if (!bytes.isReadable() && !keeping) {
            bytes.release();
            bytes = more;
            return;
        }
        if (bytes.writableBytes() < more.readableBytes()) {
            bytes = moved(more.readableBytes());
        }
        bytes.writeBytes(more);
        more.release();
    }

    /** So many bytes are still missing of something that has begun to arrive: makes room for all of them at once. */
    void expect(int missing) {
        if (bytes.isReadable() && bytes.writableBytes() < missing) {
            bytes = moved(missing);
        }
    }

    /** From the next byte on, also what is read stays here until it is taken: a preamble that may have to be passed on. */
    void keep() {
        if (bytes.readerIndex() > 0 || bytes.isReadOnly()) {
            bytes = moved(0);
        }
        keeping = true;
    }

    /** What is read need not stay any longer. */
    void dropKept() {
        keeping = false;
    }

    /** Everything, with what was read since {@link #keep}, for the caller to release; nothing is left here. */
    ByteBuf take() {
        ByteBuf taken = keeping ? bytes.readerIndex(0) : bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        keeping = false;
        return taken;
    }

    void release() {
        take().release();
    }

    /** The same bytes, with room for more, in a buffer that nobody else has slices of. */
    private ByteBuf moved(int room) {
        int from = keeping ? 0 : bytes.readerIndex();
        int length = bytes.writerIndex() - from;
        ByteBuf target = alloc.buffer(alloc.calculateNewCapacity(Math.max(length + room, 64), Integer.MAX_VALUE));
        target.writeBytes(bytes, from, length);
        target.readerIndex(bytes.readerIndex() - from);
        bytes.release();
        return target;
    }
}
