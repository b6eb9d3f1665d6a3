package dev.nettcp.nbfx;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.UUID;

/**
 * The value of a text record as a type the program asks for: read directly where the record has that type, else out of its
 * text, so that every type of record gives what its text gives. Refuses with {@link IllegalArgumentException}.
 */
final class TypedRecord {
    /** One conversion, for a record given by its even type and the place of its content. */
    interface Conversion<T> {
        T of(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException;
    }

    private TypedRecord() {}

    private static String text(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        return TextRecord.text(cursor, type, pos, length);
    }

    static boolean toBoolean(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        return switch (type) {
            case RecordType.TRUE, RecordType.ONE -> true;
            case RecordType.FALSE, RecordType.ZERO -> false;
            case RecordType.BOOL -> cursor.in.buf[pos] != 0;
            default -> LexicalParser.parseBoolean(text(cursor, type, pos, length));
        };
    }

    static long toLong(RecordCursor cursor, int type, int pos, int length, long min, long max)
            throws BinaryXmlException {
        if (!isInteger(type)) {
            return LexicalParser.parseLong(text(cursor, type, pos, length), min, max);
        }
        long value = TextRecord.integer(cursor.in.buf, type, pos);
        if (value < min || value > max) {
            throw new NumberFormatException("number out of range");
        }
        return value;
    }

    private static boolean isInteger(int type) {
        return type >= RecordType.ZERO
                && type <= RecordType.INT64
                && type != RecordType.TRUE
                && type != RecordType.FALSE;
    }

    static float toFloat(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        if (type == RecordType.FLOAT) {
            return Float.intBitsToFloat(Bytes.getInt(cursor.in.buf, pos));
        }
        return isInteger(type)
                ? TextRecord.integer(cursor.in.buf, type, pos)
                : LexicalParser.parseFloat(text(cursor, type, pos, length));
    }

    static double toDouble(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        if (type == RecordType.DOUBLE) {
            return Double.longBitsToDouble(Bytes.getLong(cursor.in.buf, pos));
        }
        if (type == RecordType.FLOAT) {
            return Float.intBitsToFloat(Bytes.getInt(cursor.in.buf, pos));
        }
        return isInteger(type)
                ? TextRecord.integer(cursor.in.buf, type, pos)
                : LexicalParser.parseDouble(text(cursor, type, pos, length));
    }

    static BigInteger toInteger(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        return isInteger(type)
                ? BigInteger.valueOf(TextRecord.integer(cursor.in.buf, type, pos))
                : LexicalParser.parseInteger(text(cursor, type, pos, length));
    }

    static BigDecimal toDecimal(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        if (type == RecordType.DECIMAL) {
            return Lexical.decimal(cursor, cursor.in.buf, pos);
        }
        return isInteger(type)
                ? BigDecimal.valueOf(TextRecord.integer(cursor.in.buf, type, pos))
                : LexicalParser.parseDecimal(text(cursor, type, pos, length));
    }

    static NetDateTime toDateTime(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        return type == RecordType.DATE_TIME
                ? Lexical.dateTimeValue(cursor, Bytes.getLong(cursor.in.buf, pos))
                : LexicalParser.parseDateTime(text(cursor, type, pos, length));
    }

    static Long toTimeSpan(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        return type == RecordType.TIME_SPAN
                ? Bytes.getLong(cursor.in.buf, pos)
                : LexicalParser.parseTimeSpan(text(cursor, type, pos, length));
    }

    static UUID toUuid(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        return type == RecordType.UUID
                ? Bytes.getUuid(cursor.in.buf, pos)
                : LexicalParser.parseUuid(text(cursor, type, pos, length));
    }

    static String toUniqueId(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        return LexicalParser.parseUniqueId(text(cursor, type, pos, length));
    }

    static byte[] toBytes(RecordCursor cursor, int type, int pos, int length) throws BinaryXmlException {
        return RecordType.isBytes(type)
                ? Arrays.copyOfRange(cursor.in.buf, pos, pos + length)
                : LexicalParser.parseBase64(text(cursor, type, pos, length));
    }
}
