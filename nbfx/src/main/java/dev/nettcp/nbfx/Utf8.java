package dev.nettcp.nbfx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/** Strict UTF-8: no overlong forms, no encoded surrogates, nothing beyond U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** The text, or null if the bytes are not well-formed. */
    static @Nullable String decode(byte[] bytes, int pos, int length) {
        if (isAscii(bytes, pos, length)) {
            return new String(bytes, pos, length, ISO_8859_1);
        }
        char[] chars = new char[length];
        int count = decode(bytes, pos, length, chars);
        return count < 0 ? null : new String(chars, 0, count);
    }

    static boolean isAscii(byte[] bytes, int pos, int length) {
        int end = pos + length;
        int at = pos;
        for (; at <= end - 8; at += 8) {
            if ((Bytes.getLong(bytes, at) & 0x8080808080808080L) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Decodes into {@code out}, which has room for {@code length} units; the number of units, or -1 if malformed. */
    private static int decode(byte[] bytes, int pos, int length, char[] out) {
        int end = pos + length;
        int count = 0;
        for (int at = pos; at < end; ) {
            int b = bytes[at];
            if (b >= 0) {
                out[count++] = (char) b;
                at++;
                continue;
            }
            int size = sequence(b);
            if (size == 0 || size > end - at) {
                return -1;
            }
            int c = b & (0x7F >> size);
            for (int k = 1; k < size; k++) {
                int next = bytes[at + k];
                if ((next & 0xC0) != 0x80) {
                    return -1;
                }
                c = (c << 6) | (next & 0x3F);
            }
            if (c < SMALLEST[size] || c > Character.MAX_CODE_POINT || (c >> 11) == 0x1B) {
                return -1;
            }
            if (c < 0x10000) {
                out[count++] = (char) c;
            } else {
                out[count++] = Character.highSurrogate(c);
                out[count++] = Character.lowSurrogate(c);
            }
            at += size;
        }
        return count;
    }

    private static final int[] SMALLEST = {0, 0, 0x80, 0x800, 0x10000};

    /** The length of the sequence a lead byte begins, 0 if it begins none. */
    private static int sequence(int lead) {
        return (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : (lead & 0xF8) == 0xF0 ? 4 : 0;
    }

    /** How many of the bytes make up whole characters; a tail that begins no sequence is left to the decoder to refuse. */
    static int wholeCharacters(byte[] bytes, int pos, int length) {
        int end = pos + length;
        for (int back = 1; back <= Math.min(3, length); back++) {
            int b = bytes[end - back];
            if ((b & 0xC0) != 0x80) {
                return b < 0 && sequence(b) > back ? length - back : length;
            }
        }
        return length;
    }
}
