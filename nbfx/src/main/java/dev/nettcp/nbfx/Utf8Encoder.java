package dev.nettcp.nbfx;

import javax.xml.stream.XMLStreamException;

/** Text to UTF-8 and UTF-16LE; a surrogate without its other half is refused, as in .NET. */
final class Utf8Encoder {
    private Utf8Encoder() {}

    /** Writes the units from {@code from} to {@code to}, for which there must be three bytes each; the number of bytes. */
    static int encode(String text, int from, int to, byte[] out, int at) throws XMLStreamException {
        int shift = at - from;
        int ascii = from;
        for (; ascii < to; ascii++) {
            char c = text.charAt(ascii);
            if (c >= 0x80) {
                break;
            }
            out[shift + ascii] = (byte) c;
        }
        return ascii - from + (ascii == to ? 0 : encodeAny(text, ascii, to, out, shift + ascii));
    }

    private static int encodeAny(String text, int from, int to, byte[] out, int at) throws XMLStreamException {
        int pos = at;
        for (int k = from; k < to; k++) {
            char c = text.charAt(k);
            if (c < 0x80) {
                out[pos++] = (byte) c;
            } else if (c < 0x800) {
                out[pos++] = (byte) (0xC0 | (c >> 6));
                out[pos++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                out[pos++] = (byte) (0xE0 | (c >> 12));
                out[pos++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                out[pos++] = (byte) (0x80 | (c & 0x3F));
            } else {
                int point = point(text, k++, to);
                out[pos++] = (byte) (0xF0 | (point >> 18));
                out[pos++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                out[pos++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                out[pos++] = (byte) (0x80 | (point & 0x3F));
            }
        }
        return pos - at;
    }

    static int encodeUtf16(String text, int from, int to, byte[] out, int at) {
        int pos = at;
        for (int k = from; k < to; k++, pos += 2) {
            Bytes.putShort(out, pos, (short) text.charAt(k));
        }
        return pos - at;
    }

    static long length(String text) throws XMLStreamException {
        int units = text.length();
        long length = units;
        for (int k = 0; k < units; k++) {
            char c = text.charAt(k);
            if (c >= 0x80) {
                length++;
                if (Character.isSurrogate(c)) {
                    point(text, k++, units);
                    length++;
                } else if (c >= 0x800) {
                    length++;
                }
            }
        }
        return length;
    }

    private static int point(String text, int at, int end) throws XMLStreamException {
        char high = text.charAt(at);
        if (at + 1 < end && Character.isSurrogatePair(high, text.charAt(at + 1))) {
            return Character.toCodePoint(high, text.charAt(at + 1));
        }
        throw new XMLStreamException("the surrogate U+%04X at %d stands alone".formatted((int) high, at));
    }
}
