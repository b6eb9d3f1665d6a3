package dev.nettcp.nbfx;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** The text of a text record, [MC-NBFX] 2.2.3; the record is given by its even type and the place of its content. */
final class TextRecord {
    private TextRecord() {}

    /** The text as .NET gives it. */
    static String text(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        byte[] buf = cursor.in.buf;
        return switch (type) {
            case RecordType.CHARS8, RecordType.CHARS16, RecordType.CHARS32 -> chars(cursor, pos, length);
            case RecordType.DICTIONARY -> cursor.dictionaryText(pos);
            case RecordType.UNICODE_CHARS8, RecordType.UNICODE_CHARS16, RecordType.UNICODE_CHARS32 ->
                unicodeChars(cursor, pos, length);
            case RecordType.BYTES8, RecordType.BYTES16, RecordType.BYTES32 -> base64(buf, pos, length);
            case RecordType.ZERO -> "0";
            case RecordType.ONE -> "1";
            case RecordType.FALSE -> "false";
            case RecordType.TRUE -> "true";
            case RecordType.INT8, RecordType.INT16, RecordType.INT32 -> Integer.toString((int) integer(buf, type, pos));
            case RecordType.INT64 -> Long.toString(Bytes.getLong(buf, pos));
            case RecordType.UINT64 -> Long.toUnsignedString(Bytes.getLong(buf, pos));
            case RecordType.BOOL -> buf[pos] == 0 ? "false" : "true";
            case RecordType.FLOAT -> Lexical.ofFloat(Float.intBitsToFloat(Bytes.getInt(buf, pos)));
            case RecordType.DOUBLE -> Lexical.ofDouble(Double.longBitsToDouble(Bytes.getLong(buf, pos)));
            case RecordType.DECIMAL -> Lexical.ofDecimal(cursor, buf, pos);
            case RecordType.DATE_TIME -> Lexical.ofDateTime(cursor, Bytes.getLong(buf, pos));
            case RecordType.TIME_SPAN -> Lexical.ofTimeSpan(Bytes.getLong(buf, pos));
            case RecordType.UUID -> Bytes.getUuid(buf, pos).toString();
            case RecordType.UNIQUE_ID -> "urn:uuid:" + Bytes.getUuid(buf, pos);
            case RecordType.QNAME_DICTIONARY -> ShortPrefix.text(1 + length) + ":" + cursor.dictionaryText(pos);
            case RecordType.START_LIST -> list(cursor, pos, length);
            default -> ""; // EMPTY
        };
    }

    private static String chars(RecordCursor cursor, int pos, int length) throws BinaryXmlException {
        String text = Utf8.decode(cursor.in.buf, pos, length);
        if (text == null) {
            throw cursor.error("a text is not well-formed UTF-8");
        }
        return text;
    }

    private static String unicodeChars(RecordCursor cursor, int pos, int length) throws BinaryXmlException {
        byte[] buf = cursor.in.buf;
        char[] chars = new char[length / 2];
        boolean highBefore = false;
        for (int k = 0; k < chars.length; k++) {
            char c = (char) Bytes.getShort(buf, pos + 2 * k);
            if (Character.isLowSurrogate(c) != highBefore) {
                throw cursor.error("a text is not well-formed UTF-16: a surrogate stands alone");
            }
            highBefore = Character.isHighSurrogate(c);
            chars[k] = c;
        }
        if (highBefore) {
            throw cursor.error("a text is not well-formed UTF-16: a surrogate stands alone");
        }
        return new String(chars);
    }

    private static String base64(byte[] buf, int pos, int length) {
        byte[] exact = new byte[length];
        System.arraycopy(buf, pos, exact, 0, length);
        return Base64.getEncoder().encodeToString(exact);
    }

    private static String list(RecordCursor cursor, int pos, int length) throws BinaryXmlException {
        StringBuilder text = new StringBuilder();
        for (int at = pos; at < pos + length; ) {
            if (at > pos) {
                text.append(' ');
            }
            at = cursor.readListItem(at);
            text.append(
                    RecordType.isBytes(cursor.valueType())
                            ? "System.Byte[]" // the name of its class is what .NET shows; nobody writes such lists
                            : text(cursor, cursor.valueType(), cursor.valuePos(), cursor.valueLength()));
        }
        return text.toString();
    }

    /** A signed integer of up to 32 bits. */
    static long integer(byte[] buf, int type, int pos) {
        return switch (type) {
            case RecordType.ZERO -> 0;
            case RecordType.ONE -> 1;
            case RecordType.INT8 -> buf[pos];
            case RecordType.INT16 -> Bytes.getShort(buf, pos);
            case RecordType.INT32 -> Bytes.getInt(buf, pos);
            case RecordType.INT64 -> Bytes.getLong(buf, pos);
            default -> throw new IllegalStateException("no integer: " + type);
        };
    }

    /** Appends the bytes of a Bytes record. */
    static void bytes(RecordCursor cursor, ByteArrayOutputStream out) {
        out.write(cursor.in.buf, cursor.valuePos(), cursor.valueLength());
    }

    /** Only what may stand outside the root element: blanks, or nothing. */
    static boolean isWhiteSpace(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        if (type == RecordType.EMPTY) {
            return true;
        }
        if (RecordType.isBytes(type)) {
            return length == 0;
        }
        if (!RecordType.isChars(type) && !RecordType.isUnicodeChars(type) && type != RecordType.DICTIONARY) {
            return false;
        }
        return isWhiteSpace(text(cursor, type, pos, length));
    }

    static boolean isWhiteSpace(CharSequence text) {
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    /** How many of the bytes are whole UTF-16 characters. */
    static int wholeCharacters(byte[] bytes, int pos, int length) {
        int even = length & ~1;
        boolean cut = even > 0 && Character.isHighSurrogate((char) Bytes.getShort(bytes, pos + even - 2));
        return cut ? even - 2 : even;
    }
}
