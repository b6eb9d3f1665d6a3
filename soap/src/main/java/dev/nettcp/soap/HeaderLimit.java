package dev.nettcp.soap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read of an envelope until its headers are there: so much of a streamed message is kept in memory. */
final class HeaderLimit extends FilterInputStream {
    private final int limit;
    private int left;
    private boolean lifted;
    private boolean exceeded;

    HeaderLimit(InputStream in, int limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    /** The headers are there. */
    void lift() {
        lifted = true;
    }

    boolean isExceeded() {
        return exceeded;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (lifted) {
            return super.read(target, offset, length);
        }
        if (left == 0) {
            exceeded = true;
            throw new IOException("the headers of the message are longer than " + limit + " bytes");
        }
        int count = super.read(target, offset, Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }
}
