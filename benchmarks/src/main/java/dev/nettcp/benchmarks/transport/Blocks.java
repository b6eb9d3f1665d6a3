package dev.nettcp.benchmarks.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A long stream that costs next to nothing to make and to check: blocks of 64 KiB that begin with their number. */
final class Blocks {

    static final int SIZE = 64 * 1024;

    private Blocks() {}

    /** Numbers the next block. */
    static void stamp(byte[] block, long number) {
        ByteBuffer.wrap(block).putLong(0, number);
    }

    /** Reads to the end. How many bytes there were. */
    static long check(InputStream in) throws IOException {
        DataInputStream blocks = new DataInputStream(in);
        byte[] block = new byte[SIZE];
        long number = 0;
        while (true) {
            int size = blocks.readNBytes(block, 0, SIZE);
            if (size >= Long.BYTES && ByteBuffer.wrap(block).getLong(0) != number) {
                throw new IOException("block " + number + " is not what was sent");
            }
            if (size < SIZE) {
                return number * SIZE + size;
            }
            number++;
        }
    }

    /** So many bytes. */
    static InputStream of(long bytes) {
        return new Stream(bytes);
    }

    private static final class Stream extends InputStream {
        private final byte[] block = new byte[SIZE];
        private final long length;
        private long at;

        private Stream(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            if (at == length) {
                return -1;
            }
            int inBlock = (int) (at % SIZE);
            if (inBlock == 0) {
                stamp(block, at / SIZE);
            }
            int given = (int) Math.min(Math.min(count, SIZE - inBlock), length - at);
            System.arraycopy(block, inBlock, target, offset, given);
            at += given;
            return given;
        }
    }
}
