package dev.nettcp.nbfx;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.NamespaceContext;
import javax.xml.namespace.QName;

/**
 * Text to values: the lexical forms of XML Schema, blanks around them ignored, and what .NET takes beyond them. Refuses with
 * {@link NumberFormatException} or another {@link IllegalArgumentException}.
 */
final class LexicalParser {
    // Digits are never given back (++): a long text that is no number in the end would take the square of its length.
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)");
    private static final Pattern FLOAT = Pattern.compile("[+-]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");
    private static final Pattern DATE_TIME = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.([0-9]+))?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?");
    private static final Pattern DURATION = Pattern.compile("(-)?P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
            + "(T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\\.([0-9]+))?S)?)?");
    private static final Pattern UUID_FORM = Pattern.compile(
            "\\{?([0-9a-fA-F]{8})(-?)([0-9a-fA-F]{4})\\2([0-9a-fA-F]{4})\\2([0-9a-fA-F]{4})\\2([0-9a-fA-F]{12})}?");

    private LexicalParser() {}

    static boolean parseBoolean(String text) {
        return switch (trim(text)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("true, false, 1 or 0 expected");
        };
    }

    static long parseLong(String text, long min, long max) {
        String digits = trim(text);
        requireAscii(digits);
        long value = Long.parseLong(digits);
        if (value < min || value > max) {
            throw new NumberFormatException("number out of range");
        }
        return value;
    }

    /** Java takes digits of every script. */
    private static void requireAscii(String text) {
        for (int k = 0; k < text.length(); k++) {
            if (text.charAt(k) >= 0x80) {
                throw new NumberFormatException("digits from 0 to 9 expected");
            }
        }
    }

    static BigInteger parseInteger(String text) {
        String digits = trim(text);
        requireAscii(digits);
        return new BigInteger(digits);
    }

    static float parseFloat(String text) {
        String trimmed = trim(text);
        return FLOAT.matcher(trimmed).matches() ? Float.parseFloat(trimmed) : (float) special(trimmed);
    }

    static double parseDouble(String text) {
        String trimmed = trim(text);
        return FLOAT.matcher(trimmed).matches() ? Double.parseDouble(trimmed) : special(trimmed);
    }

    private static double special(String text) {
        return switch (text) {
            case "INF", "Infinity" -> Double.POSITIVE_INFINITY;
            case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
            case "NaN", "nan" -> Double.NaN;
            default -> throw new NumberFormatException("a number, INF, -INF or NaN expected");
        };
    }

    static BigDecimal parseDecimal(String text) {
        String trimmed = trim(text);
        if (!DECIMAL.matcher(trimmed).matches()) {
            throw new NumberFormatException("digits with at most one point expected");
        }
        return new BigDecimal(trimmed);
    }

    /** A date, or date and time; the eighth digit of a second is rounded. With an offset it is a local one. */
    static NetDateTime parseDateTime(String text) {
        Matcher form = DATE_TIME.matcher(trim(text));
        if (!form.matches()) {
            throw new IllegalArgumentException("a date, or a date and time, expected");
        }
        try {
            LocalDate date = LocalDate.parse(form.group(1));
            LocalTime time = form.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(form.group(2));
            long ticks = NetDateTime.of(date.atTime(time)).ticks() + fraction(form.group(3));
            String zone = form.group(4);
            if (zone == null) {
                return new NetDateTime(ticks, NetDateTime.Kind.UNSPECIFIED);
            }
            if (zone.equalsIgnoreCase("Z")) {
                return new NetDateTime(ticks, NetDateTime.Kind.UTC);
            }
            long minutes = 60L * Integer.parseInt(zone, 1, 3, 10) + Integer.parseInt(zone, 4, 6, 10);
            long shift = minutes * 60 * NetDateTime.TICKS_PER_SECOND;
            long utc = zone.charAt(0) == '-' ? ticks + shift : ticks - shift;
            return new NetDateTime(Math.min(Math.max(utc, 0), NetDateTime.MAX_TICKS), NetDateTime.Kind.LOCAL);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Digits behind the point of a second, in ticks, rounded. */
    private static long fraction(@org.jspecify.annotations.Nullable String digits) {
        if (digits == null) {
            return 0;
        }
        String eight = (digits + "00000000").substring(0, 8);
        return (Long.parseLong(eight) + 5) / 10;
    }

    /** A duration in ticks; a year counts 365 days and a month 30, as in .NET. */
    static long parseTimeSpan(String text) {
        Matcher form = DURATION.matcher(trim(text));
        if (!form.matches() || text.strip().endsWith("P") || text.strip().endsWith("T")) {
            throw new IllegalArgumentException("a duration as P1DT2H3M4.5S expected");
        }
        try {
            long days = Math.addExact(
                    Math.addExact(
                            Math.multiplyExact(number(form.group(2)), 365L),
                            Math.multiplyExact(number(form.group(3)), 30L)),
                    number(form.group(4)));
            long seconds = Math.addExact(
                    Math.addExact(
                            Math.multiplyExact(number(form.group(6)), 3600L),
                            Math.multiplyExact(number(form.group(7)), 60L)),
                    number(form.group(8)));
            long sign = form.group(1) == null ? 1 : -1;
            // The parts are added with their sign: the minimum has no positive counterpart.
            long whole = Math.addExact(
                    Math.multiplyExact(sign * days, Lexical.TICKS_PER_DAY),
                    Math.multiplyExact(sign * seconds, NetDateTime.TICKS_PER_SECOND));
            String digits = form.group(9);
            long part = digits == null ? 0 : Long.parseLong((digits + "0000000").substring(0, 7));
            return Math.addExact(whole, sign * part);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a duration of more than 10675199 days", e);
        }
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** With or without hyphens and braces. */
    static UUID parseUuid(String text) {
        Matcher form = UUID_FORM.matcher(trim(text));
        if (!form.matches()) {
            throw new IllegalArgumentException("32 digits of a UUID expected");
        }
        return UUID.fromString(
                "%s-%s-%s-%s-%s".formatted(form.group(1), form.group(3), form.group(4), form.group(5), form.group(6)));
    }

    static String parseUniqueId(String text) {
        String trimmed = trim(text);
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("an id expected, the text is empty");
        }
        return trimmed;
    }

    static QName parseQName(String text, NamespaceContext namespaces) {
        String trimmed = trim(text);
        int colon = trimmed.indexOf(':');
        String prefix = colon < 0 ? "" : trimmed.substring(0, colon);
        String local = trimmed.substring(colon + 1);
        if (local.isEmpty() || colon == 0) {
            throw new IllegalArgumentException("a name, or a prefix, a colon and a name expected");
        }
        String uri = namespaces.getNamespaceURI(prefix);
        if (uri.isEmpty() && !prefix.isEmpty()) {
            throw new IllegalArgumentException("the prefix " + prefix + " is not declared");
        }
        return new QName(uri, local, prefix);
    }

    /** Base64 in groups of four; blanks between them are ignored, padding may stand at the end of any part. */
    static byte[] parseBase64(String text) {
        byte[] out = new byte[text.length() / 4 * 3 + 3];
        int count = 0;
        int bits = 0;
        int digits = 0;
        int padding = 0;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                continue;
            }
            int value = c == '=' ? 0 : digit(c);
            padding += c == '=' ? 1 : 0;
            if (value < 0 || padding > 2 || (padding > 0 && c != '=') || (c == '=' && digits < 2)) {
                throw new IllegalArgumentException("base64 expected, found another character at " + k);
            }
            bits = (bits << 6) | value;
            if (++digits == 4) {
                out[count++] = (byte) (bits >> 16);
                out[count++] = (byte) (bits >> 8);
                out[count++] = (byte) bits;
                count -= padding;
                bits = 0;
                digits = 0;
                padding = 0;
            }
        }
        if (digits > 0) {
            throw new IllegalArgumentException("base64 expected, the last group has " + digits + " of 4 digits");
        }
        return java.util.Arrays.copyOf(out, count);
    }

    private static int digit(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) <= ' ') {
            to--;
        }
        return text.substring(from, to);
    }
}
