package dev.nettcp.nbfx;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a document: a range of an array, or a window into a stream that grows only as bytes really arrive and never
 * asks the stream for a byte that the document has not promised.
 */
final class Input {
    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_WINDOW = 1024;

    byte[] buf = NOTHING;
    int pos;
    int end;
    private long origin; // offset in the document of buf[0]
    private int held; // bytes before it stay where they are when the window moves on
    private @Nullable InputStream stream;

    void reset(byte[] bytes, int offset, int length) {
        buf = bytes;
        pos = offset;
        end = offset + length;
        origin = -offset;
        held = 0;
        stream = null;
    }

    void reset(InputStream in) {
        if (stream == null) {
            buf = new byte[FIRST_WINDOW];
        }
        stream = in;
        pos = 0;
        end = 0;
        origin = 0;
        held = 0;
    }

    boolean isStreamed() {
        return stream != null;
    }

    /** Offset in the document of a position in the window. */
    long offset(int position) {
        return origin + position;
    }

    /** What lies before the current position is not needed any more. */
    void release() {
        if (stream != null && pos > held) {
            System.arraycopy(buf, pos, buf, held, end - pos);
            origin += pos - held;
            end -= pos - held;
            pos = held;
        }
    }

    /** What lies before the current position is needed until {@link #letGo}. */
    void hold() {
        held = pos;
    }

    void letGo() {
        held = 0;
    }

    /** Whether there is another byte; asks the stream, so it may only be called where the document may go on. */
    boolean hasMore() throws IOException {
        return pos < end || (stream != null && fill(1));
    }

    /** Makes {@code n} bytes available; false if the input ends before. */
    boolean has(int n) throws IOException {
        return end - pos >= n || (stream != null && fill(n));
    }

    /** Whether who reads on has to wait: nothing more has arrived. */
    boolean wouldWait() throws IOException {
        return stream != null && stream.available() == 0;
    }

    private boolean fill(int n) throws IOException {
        InputStream in = stream;
        if (in == null) {
            return false;
        }
        while (end - pos < n) {
            if (end == buf.length) {
                buf = Arrays.copyOf(buf, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * buf.length));
            }
            int got = in.read(buf, end, Math.min(buf.length - end, n - (end - pos)));
            if (got < 0) {
                return false;
            }
            end += got;
        }
        return true;
    }
}
