package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;

/**
 * Writes records, [MC-NBFX] 2.2, each the way .NET's writer does; knows nothing of namespaces or of what may follow what. Here are
 * comments, arrays and the many forms of a text.
 */
final class RecordWriter extends NameRecordWriter {
    private static final int SHORT_TEXT = 255 / BYTES_PER_CHAR;
    private static final BigInteger MAX_MAGNITUDE = BigInteger.ONE.shiftLeft(96);

    void comment(String text) throws XMLStreamException {
        node(RecordType.COMMENT);
        string(text);
    }

    void startArray() throws XMLStreamException {
        node(RecordType.ARRAY);
    }

    /** After the element of an array: its end, the type of the values and their number. */
    void arrayHeader(int evenType, int count) throws XMLStreamException {
        node(RecordType.END_ELEMENT);
        node(evenType + 1);
        size(count);
    }

    void startList() throws XMLStreamException {
        node(RecordType.START_LIST);
    }

    void endList() throws XMLStreamException {
        node(RecordType.END_LIST);
    }

    // ------------------------------------------------------------------------------------------------ texts

    /** Begins a text record with {@code size} bytes of content; where the content goes. */
    private int textNode(int type, int size) throws XMLStreamException {
        reserve(1 + size);
        textType(type);
        int at = pos;
        pos += size;
        return at;
    }

    void empty() throws XMLStreamException {
        textNode(RecordType.EMPTY, 0);
    }

    void bool(boolean value) throws XMLStreamException {
        textNode(value ? RecordType.TRUE : RecordType.FALSE, 0);
    }

    void integer(long value) throws XMLStreamException {
        if (value == 0 || value == 1) {
            textNode(value == 0 ? RecordType.ZERO : RecordType.ONE, 0);
        } else if (value == (byte) value) {
            int at = textNode(RecordType.INT8, 1);
            buf[at] = (byte) value;
        } else if (value == (short) value) {
            int at = textNode(RecordType.INT16, 2);
            Bytes.putShort(buf, at, (short) value);
        } else if (value == (int) value) {
            int at = textNode(RecordType.INT32, 4);
            Bytes.putInt(buf, at, (int) value);
        } else {
            long64(RecordType.INT64, value);
        }
    }

    void unsigned(long value) throws XMLStreamException {
        if (value >= 0) {
            integer(value);
        } else {
            long64(RecordType.UINT64, value);
        }
    }

    private void long64(int type, long bits) throws XMLStreamException {
        int at = textNode(type, 8);
        Bytes.putLong(buf, at, bits);
    }

    /** A float with the value of a 16-bit integer is written as that integer; negative zero loses its sign. */
    void float32(float value) throws XMLStreamException {
        if (value == (short) value) {
            integer((short) value);
        } else {
            int at = textNode(RecordType.FLOAT, 4);
            Bytes.putInt(buf, at, Float.floatToRawIntBits(value));
        }
    }

    /** A double that a float can hold exactly is written as that float. */
    void float64(double value) throws XMLStreamException {
        if ((float) value == value) {
            float32((float) value);
        } else {
            long64(RecordType.DOUBLE, Double.doubleToRawLongBits(value));
        }
    }

    void decimal(BigDecimal value) throws XMLStreamException {
        int at = textNode(RecordType.DECIMAL, 16);
        putDecimal(buf, at, value);
    }

    /** The same number with its zeros before the point written out, if they are not too many for a decimal. */
    static BigDecimal withoutNegativeScale(BigDecimal value) {
        return value.scale() < 0 && (long) value.precision() - value.scale() < 30 ? value.setScale(0) : value;
    }

    static boolean isDecimal(BigDecimal value) {
        return value.scale() >= 0
                && value.scale() <= 28
                && value.unscaledValue().abs().compareTo(MAX_MAGNITUDE) < 0;
    }

    static void putDecimal(byte[] to, int at, BigDecimal value) {
        BigInteger magnitude = value.unscaledValue().abs();
        Bytes.putShort(to, at, (short) 0);
        to[at + 2] = (byte) value.scale();
        to[at + 3] = (byte) (value.signum() < 0 ? 0x80 : 0);
        Bytes.putInt(to, at + 4, magnitude.shiftRight(64).intValue());
        Bytes.putLong(to, at + 8, magnitude.longValue());
    }

    void dateTime(long bits) throws XMLStreamException {
        long64(RecordType.DATE_TIME, bits);
    }

    void timeSpan(long ticks) throws XMLStreamException {
        long64(RecordType.TIME_SPAN, ticks);
    }

    void uuid(UUID value) throws XMLStreamException {
        int at = textNode(RecordType.UUID, 16);
        Bytes.putUuid(buf, at, value);
    }

    void uniqueId(UUID value) throws XMLStreamException {
        int at = textNode(RecordType.UNIQUE_ID, 16);
        Bytes.putUuid(buf, at, value);
    }

    /** False if the entry has no id: it is then written as a plain text. */
    boolean dictionaryText(DictionaryString entry) throws XMLStreamException {
        int id = id(entry);
        if (id < 0) {
            return false;
        }
        textNode(RecordType.DICTIONARY, 0);
        size(id);
        return true;
    }

    boolean qualifiedName(String prefix, DictionaryString entry) throws XMLStreamException {
        int id = id(entry);
        int number = ShortPrefix.of(prefix);
        if (id < 0 || number <= ShortPrefix.EMPTY) {
            return false;
        }
        int at = textNode(RecordType.QNAME_DICTIONARY, 1);
        buf[at] = (byte) (number - 1);
        size(id);
        return true;
    }

    /** A text of at least one character. UTF-16 where it saves enough, as in .NET. */
    void text(String text) throws XMLStreamException {
        int units = text.length();
        if (units == 1 && (text.charAt(0) == '0' || text.charAt(0) == '1')) {
            textNode(text.charAt(0) == '0' ? RecordType.ZERO : RecordType.ONE, 0);
        } else if (units <= SHORT_TEXT) {
            shortText(text, units);
        } else {
            longText(text, units);
        }
    }

    private void shortText(String text, int units) throws XMLStreamException {
        reserve(2 + BYTES_PER_CHAR * units);
        int length = Utf8Encoder.encode(text, 0, units, buf, pos + 2);
        boolean utf16 = length / 2 > units;
        if (utf16) {
            length = Utf8Encoder.encodeUtf16(text, 0, units, buf, pos + 2);
        }
        textType(utf16 ? RecordType.UNICODE_CHARS8 : RecordType.CHARS8);
        buf[pos] = (byte) length;
        pos += 1 + length;
    }

    private void longText(String text, int units) throws XMLStreamException {
        long length = Utf8Encoder.length(text);
        boolean utf16 = length / 2 > units;
        counted(utf16 ? RecordType.UNICODE_CHARS8 : RecordType.CHARS8, utf16 ? 2L * units : length);
        int chunk = utf16 ? WINDOW / 2 : CHARS_PER_CHUNK;
        for (int at = 0; at < units; ) {
            int next = Math.min(units, at + chunk);
            if (!utf16 && next < units && Character.isHighSurrogate(text.charAt(next - 1))) {
                next--;
            }
            reserve((utf16 ? 2 : BYTES_PER_CHAR) * (next - at));
            pos += utf16
                    ? Utf8Encoder.encodeUtf16(text, at, next, buf, pos)
                    : Utf8Encoder.encode(text, at, next, buf, pos);
            at = next;
        }
    }

    /** The beginning of a record with its length in 8, 16 or 32 bits; its three types follow each other. */
    private void counted(int type, long length) throws XMLStreamException {
        if (length > Integer.MAX_VALUE) {
            throw new XMLStreamException("a text of " + length + " bytes; a record holds at most " + Integer.MAX_VALUE);
        }
        if (length < 1 << 8) {
            reserve(2);
            textType(type);
            buf[pos++] = (byte) length;
        } else if (length < 1 << 16) {
            reserve(3);
            textType(type + 2);
            Bytes.putShort(buf, pos, (short) length);
            pos += 2;
        } else {
            reserve(5);
            textType(type + 4);
            Bytes.putInt(buf, pos, (int) length);
            pos += 4;
        }
    }

    /** One Bytes record out of what an earlier call left over and of new bytes. */
    void bytes(byte[] head, int headLength, byte[] data, int offset, int length) throws XMLStreamException {
        counted(RecordType.BYTES8, (long) headLength + length);
        copy(head, 0, headLength);
        copy(data, offset, length);
    }
}
