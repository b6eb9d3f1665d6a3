package dev.nettcp.nbfx;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;

/** The text of typed values in exactly the form .NET 8 and later give it. */
final class Lexical {
    static final long TICKS_PER_DAY = 86_400 * NetDateTime.TICKS_PER_SECOND;

    /** 1970-01-01T00:00:00 in ticks of 100 ns since 0001-01-01T00:00:00. */
    private static final long UNIX_EPOCH_TICKS = 621_355_968_000_000_000L;

    private static final long MAX_TICKS = NetDateTime.MAX_TICKS;
    private static final long TICKS_PER_SECOND = NetDateTime.TICKS_PER_SECOND;

    private static final long KIND_MASK = 0xC000_0000_0000_0000L;

    private Lexical() {}

    /** Shortest digits that read back; scientific from 1E+09. */
    static String ofFloat(float value) {
        if (value == 0 || Float.isNaN(value) || Float.isInfinite(value)) {
            return special(value);
        }
        ShortestDecimal shortest = new ShortestDecimal();
        shortest.of(Math.abs(value));
        return decimalForm(value < 0, shortest, 9);
    }

    /** Shortest digits that read back; scientific from 1E+17. */
    static String ofDouble(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        ShortestDecimal shortest = new ShortestDecimal();
        shortest.of(Math.abs(value));
        return decimalForm(value < 0, shortest, 17);
    }

    private static String special(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return Double.isNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF";
    }

    /** Positional from 0.0001 up to a limit, else with an exponent of two digits at least. */
    private static String decimalForm(boolean negative, ShortestDecimal shortest, int scientificFrom) {
        String digits = Long.toString(shortest.digits());
        int count = digits.length();
        int exponent = shortest.exponent() + count - 1;
        StringBuilder text = new StringBuilder(24);
        if (negative) {
            text.append('-');
        }
        if (exponent >= scientificFrom || exponent < -4) {
            text.append(digits.charAt(0));
            if (count > 1) {
                text.append('.').append(digits, 1, count);
            }
            text.append(exponent < 0 ? "E-" : "E+");
            return padded(text, Math.abs(exponent), 2).toString();
        }
        if (exponent < 0) {
            return text.append("0.")
                    .append("0".repeat(-exponent - 1))
                    .append(digits)
                    .toString();
        }
        if (count <= exponent + 1) {
            return text.append(digits).append("0".repeat(exponent + 1 - count)).toString();
        }
        return text.append(digits, 0, exponent + 1)
                .append('.')
                .append(digits, exponent + 1, count)
                .toString();
    }

    /** [MC-NBFX] 2.2.3.9: two reserved bytes, scale, sign, high word, low double word. */
    static BigDecimal decimal(RecordCursor cursor, byte[] buf, int pos) throws BinaryXmlException {
        int scale = buf[pos + 2] & 0xFF;
        int sign = buf[pos + 3] & 0xFF;
        if (Bytes.getShort(buf, pos) != 0 || scale > 28 || (sign & 0x7F) != 0) {
            throw cursor.error("a decimal with reserved bits set, or a scale of more than 28");
        }
        BigInteger high = BigInteger.valueOf(Bytes.getInt(buf, pos + 4) & 0xFFFF_FFFFL);
        BigInteger magnitude = high.shiftLeft(64).or(unsigned(Bytes.getLong(buf, pos + 8)));
        return new BigDecimal(sign == 0 ? magnitude : magnitude.negate(), scale);
    }

    private static BigInteger unsigned(long bits) {
        BigInteger value = BigInteger.valueOf(bits & Long.MAX_VALUE);
        return bits < 0 ? value.setBit(63) : value;
    }

    static String ofDecimal(RecordCursor cursor, byte[] buf, int pos) throws BinaryXmlException {
        return decimal(cursor, buf, pos).toPlainString();
    }

    /** 62 bits of ticks, two bits of kind. */
    static NetDateTime dateTimeValue(RecordCursor cursor, long bits) throws BinaryXmlException {
        int kind = (int) (bits >>> 62);
        long ticks = bits & ~KIND_MASK;
        if (kind >= 2) {
            if (ticks > (1L << 62) - TICKS_PER_DAY) {
                ticks -= 1L << 62;
            }
            ticks = Math.max(ticks, 0);
        }
        if (ticks > MAX_TICKS) {
            throw cursor.error("a date beyond the year 9999");
        }
        return new NetDateTime(ticks, NetDateTime.Kind.of(kind));
    }

    /** A local time is stored as UTC and shown in the reader's zone; just before the year 1 it wraps. */
    static String ofDateTime(RecordCursor cursor, long bits) throws BinaryXmlException {
        int kind = (int) (bits >>> 62);
        long ticks = bits & ~KIND_MASK;
        if (kind < 2) {
            if (ticks > MAX_TICKS) {
                throw cursor.error("a date beyond the year 9999");
            }
            return dateTime(ticks, kind == 0 ? "" : "Z");
        }
        if (ticks > (1L << 62) - TICKS_PER_DAY) {
            ticks -= 1L << 62;
        }
        int offset = offsetSeconds(cursor.zone(), ticks);
        long local = ticks + offset * TICKS_PER_SECOND;
        if (local < 0) {
            local += TICKS_PER_DAY;
        }
        if (local > MAX_TICKS || ticks > MAX_TICKS) {
            throw cursor.error("a local date beyond the year 9999");
        }
        int minutes = Math.abs(offset) / 60;
        return dateTime(local, "%s%02d:%02d".formatted(offset < 0 ? "-" : "+", minutes / 60, minutes % 60));
    }

    private static int offsetSeconds(ZoneId zone, long ticks) {
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(ticks - UNIX_EPOCH_TICKS, TICKS_PER_SECOND),
                100 * Math.floorMod(ticks - UNIX_EPOCH_TICKS, TICKS_PER_SECOND));
        int seconds = zone.getRules().getOffset(instant).getTotalSeconds();
        return seconds - seconds % 60;
    }

    private static String dateTime(long ticks, String zone) {
        java.time.LocalDateTime time = java.time.LocalDateTime.ofEpochSecond(
                Math.floorDiv(ticks - UNIX_EPOCH_TICKS, TICKS_PER_SECOND), 0, java.time.ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(34);
        padded(text, time.getYear(), 4).append('-');
        padded(text, time.getMonthValue(), 2).append('-');
        padded(text, time.getDayOfMonth(), 2).append('T');
        padded(text, time.getHour(), 2).append(':');
        padded(text, time.getMinute(), 2).append(':');
        padded(text, time.getSecond(), 2);
        fraction(text, (int) (ticks % TICKS_PER_SECOND));
        return text.append(zone).toString();
    }

    private static StringBuilder padded(StringBuilder text, int value, int width) {
        for (int bound = width == 4 ? 1000 : 10; value < bound && bound > 1; bound /= 10) {
            text.append('0');
        }
        return text.append(value);
    }

    /** Seven digits, trailing zeros cut; nothing for zero. */
    private static void fraction(StringBuilder text, int ticks) {
        if (ticks != 0) {
            int rest = ticks;
            text.append('.');
            for (int unit = 1_000_000; rest > 0; unit /= 10) {
                text.append((char) ('0' + rest / unit));
                rest %= unit;
            }
        }
    }

    /** An XML Schema duration with days as its largest unit. */
    static String ofTimeSpan(long ticks) {
        if (ticks == 0) {
            return "PT0S";
        }
        StringBuilder text = new StringBuilder(32).append(ticks < 0 ? "-P" : "P");
        long days = Math.abs(ticks / TICKS_PER_DAY);
        long rest = Math.abs(ticks % TICKS_PER_DAY);
        if (days > 0) {
            text.append(days).append('D');
        }
        if (rest > 0) {
            text.append('T');
            long seconds = rest / TICKS_PER_SECOND;
            part(text, seconds / 3600, 'H');
            part(text, seconds / 60 % 60, 'M');
            int fraction = (int) (rest % TICKS_PER_SECOND);
            if (seconds % 60 > 0 || fraction > 0) {
                text.append(seconds % 60);
                fraction(text, fraction);
                text.append('S');
            }
        }
        return text.toString();
    }

    private static void part(StringBuilder text, long value, char unit) {
        if (value > 0) {
            text.append(value).append(unit);
        }
    }
}
