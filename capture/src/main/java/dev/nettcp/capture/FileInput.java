package dev.nettcp.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A file that is read from front to back and knows how far it has come. */
final class FileInput {
    private final InputStream in;
    private long offset;

    FileInput(InputStream in) {
        this.in = in;
    }

    /** Bytes read so far. */
    long offset() {
        return offset;
    }

    /** The next {@code size} bytes, of which the caller has checked that it may want so many. */
    ByteBuffer read(int size, ByteOrder order, String what) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw cut(what, bytes.length, size);
        }
        offset += size;
        return ByteBuffer.wrap(bytes).order(order);
    }

    /** Whether the file ends here. If not, the next bytes are in {@code head}, all of them. */
    boolean endsBefore(byte[] head, String what) throws IOException {
        int size = in.readNBytes(head, 0, head.length);
        if (size == 0) {
            return true;
        }
        if (size < head.length) {
            throw cut(what, size, head.length);
        }
        offset += size;
        return false;
    }

    void skip(long size, String what) throws IOException {
        long left = size;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped == 0) {
                if (in.read() < 0) {
                    throw cut(what, size - left, size);
                }
                skipped = 1;
            }
            left -= skipped;
        }
        offset += size;
    }

    private CaptureException cut(String what, long there, long wanted) {
        return new CaptureException(
                offset,
                "the file ends inside %s: %d of %d bytes are there; was the capture cut short?"
                        .formatted(what, there, wanted));
    }
}
