package dev.nettcp.nbfx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Decisions and values made out of the bytes a fuzzer has thought of; when they are used up everything is zero. */
final class FuzzInput {
    private final byte[] bytes;
    private int pos;

    FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isEmpty() {
        return pos >= bytes.length;
    }

    int unsignedByte() {
        return isEmpty() ? 0 : bytes[pos++] & 0xFF;
    }

    int below(int bound) {
        return unsignedByte() % bound;
    }

    long number(int size) {
        long value = 0;
        for (int k = 0; k < size; k++) {
            value = value << 8 | unsignedByte();
        }
        return value;
    }

    byte[] bytes(int length) {
        int end = Math.min(bytes.length, pos + length);
        byte[] taken = Arrays.copyOfRange(bytes, Math.min(pos, bytes.length), end);
        pos = Math.max(pos, end);
        return taken;
    }

    /** A short text; what is no UTF-8 is replaced. */
    String text() {
        return new String(bytes(below(48)), UTF_8);
    }

    byte[] rest() {
        return bytes(bytes.length);
    }
}
