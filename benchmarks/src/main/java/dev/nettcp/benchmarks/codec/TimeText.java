package dev.nettcp.benchmarks.codec;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A moment as text, to the second, {@code 2024-04-29T15:06:40Z}: by hand, because the formatters of the JDK take longer for it than a
 * parser for the whole message, and it is parsers that are to be compared.
 */
final class TimeText {
    private static final int LENGTH = 20;

    private TimeText() {}

    static String of(Instant moment) {
        LocalDateTime time = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        char[] text = new char[LENGTH];
        digits(text, 0, 4, time.getYear());
        text[4] = '-';
        digits(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, time.getHour());
        text[13] = ':';
        digits(text, 14, 2, time.getMinute());
        text[16] = ':';
        digits(text, 17, 2, time.getSecond());
        text[19] = 'Z';
        return new String(text);
    }

    static Instant parse(String text) {
        if (text.length() != LENGTH) throw new IllegalArgumentException(text);
        return LocalDateTime.of(
                        Integer.parseInt(text, 0, 4, 10),
                        Integer.parseInt(text, 5, 7, 10),
                        Integer.parseInt(text, 8, 10, 10),
                        Integer.parseInt(text, 11, 13, 10),
                        Integer.parseInt(text, 14, 16, 10),
                        Integer.parseInt(text, 17, 19, 10))
                .toInstant(ZoneOffset.UTC);
    }

    private static void digits(char[] text, int from, int count, int value) {
        int rest = value;
        for (int at = from + count - 1; at >= from; at--, rest /= 10) text[at] = (char) ('0' + rest % 10);
    }
}
