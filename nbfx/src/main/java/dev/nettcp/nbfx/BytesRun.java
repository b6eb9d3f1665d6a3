package dev.nettcp.nbfx;

import java.util.Arrays;

/** Bytes records that follow each other, gathered; a single one is copied once. */
final class BytesRun {
    private final RecordCursor cursor;
    private byte[] bytes = new byte[0];
    private int count;

    BytesRun(RecordCursor cursor) {
        this.cursor = cursor;
    }

    /** Adds the cursor's value. */
    void add() throws QuotaExceededException {
        add(cursor.in.buf, cursor.valuePos(), cursor.valueLength());
    }

    void add(byte[] more) throws QuotaExceededException {
        add(more, 0, more.length);
    }

    private void add(byte[] from, int offset, int length) throws QuotaExceededException {
        long total = (long) count + length;
        int most = cursor.quotas().maxArrayLength();
        if (total > most) {
            throw cursor.quota("MaxArrayLength", most, "binary data of at least " + total + " bytes");
        }
        if (bytes.length - count < length) {
            // A second record usually brings the one or two bytes that make no group of three, and is the last.
            int room = count == 0
                    ? length + cursor.bytesThatFollow()
                    : (int) Math.max(total, Math.min(2L * count, Integer.MAX_VALUE - 8L));
            bytes = Arrays.copyOf(bytes, room);
        }
        System.arraycopy(from, offset, bytes, count, length);
        count = (int) total;
    }

    byte[] exact() {
        return bytes.length == count ? bytes : Arrays.copyOf(bytes, count);
    }
}
