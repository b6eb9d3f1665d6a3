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
        int length = cursor.valueLength();
        if (count > 0 || length == 0) {
            add(cursor.in.buf, cursor.valuePos(), length);
            return;
        }
        check(length);
        // A second record usually brings the one or two bytes that make no group of three, and is the last. Its room is
        // filled
        // with what happens to stand there now.
        int room = length + cursor.bytesThatFollow();
        bytes = Arrays.copyOfRange(cursor.in.buf, cursor.valuePos(), cursor.valuePos() + room);
        count = length;
    }

    void add(byte[] more) throws QuotaExceededException {
        add(more, 0, more.length);
    }

    private void add(byte[] from, int offset, int length) throws QuotaExceededException {
        long total = (long) count + length;
        check(total);
        if (bytes.length < total) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(total, Math.min(2L * count, Integer.MAX_VALUE - 8L)));
        }
        System.arraycopy(from, offset, bytes, count, length);
        count = (int) total;
    }

    private void check(long total) throws QuotaExceededException {
        int most = cursor.quotas().maxArrayLength();
        if (total > most) {
            throw cursor.quota("MaxArrayLength", most, "binary data of at least " + total + " bytes");
        }
    }

    byte[] exact() {
        return bytes.length == count ? bytes : Arrays.copyOf(bytes, count);
    }
}
