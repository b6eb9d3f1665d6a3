package dev.nettcp.binding.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as .NET writes and reads them in configuration files: {@code [-][d.]hh:mm[:ss[.fffffff]]}, {@code d}, or {@code Infinite}.
 *
 * <p>Two things surprise: {@code 10} is ten days, and {@code 24:00:00}, which has no such hour, is 24 days, since .NET reads it as
 * {@code d:hh:mm} then.
 */
final class TimeSpans {
    /** .NET's TimeSpan.MaxValue, which stands for no limit: 2^63-1 ticks of 100 ns. */
    static final Duration INFINITE = ticks(BigInteger.valueOf(Long.MAX_VALUE));

    static final String ALLOWED =
            "a time as .NET writes it, such as 00:01:30 (hh:mm:ss), 1.00:00:00 (one day) or Infinite";

    private static final Pattern DAYS = Pattern.compile("(?<d>\\d+)");
    private static final Pattern HOURS =
            Pattern.compile("(?:(?<d>\\d+)[.:])??(?<h>\\d+):(?<m>\\d+)(?::(?<s>\\d+)(?:\\.(?<f>\\d{1,7}))?)?");
    private static final Pattern DAYS_HOURS_MINUTES = Pattern.compile("(?<d>\\d+)[.:](?<h>\\d+):(?<m>\\d+)");

    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final int FRACTION_DIGITS = 7;

    private TimeSpans() {}

    /** @throws IllegalArgumentException if it is none, or negative; the message continues "the value …" */
    static Duration parse(String text) {
        String trimmed = text.strip();
        if (trimmed.toLowerCase(Locale.ROOT).equals("infinite")) {
            return INFINITE;
        }
        if (trimmed.startsWith("-")) {
            throw new IllegalArgumentException("is negative; allowed is " + ALLOWED);
        }
        Matcher days = DAYS.matcher(trimmed);
        if (days.matches()) {
            return inRange(days.group("d"), "0", "0", "0", "0");
        }
        Matcher hours = HOURS.matcher(trimmed);
        if (hours.matches() && isClock(hours.group("h"), hours.group("m"), orZero(hours.group("s")))) {
            return inRange(
                    orZero(hours.group("d")),
                    hours.group("h"),
                    hours.group("m"),
                    orZero(hours.group("s")),
                    orZero(hours.group("f")));
        }
        Matcher daysFirst = DAYS_HOURS_MINUTES.matcher(trimmed);
        if (daysFirst.matches() && isClock(daysFirst.group("h"), daysFirst.group("m"), "0")) {
            return inRange(daysFirst.group("d"), daysFirst.group("h"), daysFirst.group("m"), "0", "0");
        }
        throw new IllegalArgumentException("is no time; allowed is " + ALLOWED);
    }

    private static String orZero(@Nullable String group) {
        return group == null ? "0" : group;
    }

    private static boolean isClock(String hours, String minutes, String seconds) {
        return atMost(hours, 23) && atMost(minutes, 59) && atMost(seconds, 59);
    }

    private static boolean atMost(String digits, int most) {
        return new BigInteger(digits).compareTo(BigInteger.valueOf(most)) <= 0;
    }

    private static Duration inRange(String days, String hours, String minutes, String seconds, String fraction) {
        BigInteger all = new BigInteger(days)
                .multiply(BigInteger.valueOf(24))
                .add(new BigInteger(hours))
                .multiply(BigInteger.valueOf(60))
                .add(new BigInteger(minutes))
                .multiply(BigInteger.valueOf(60))
                .add(new BigInteger(seconds));
        String padded = fraction + "0".repeat(FRACTION_DIGITS - fraction.length());
        BigInteger ticks = all.multiply(BigInteger.valueOf(TICKS_PER_SECOND)).add(new BigInteger(padded));
        if (ticks.bitLength() >= Long.SIZE) {
            throw new IllegalArgumentException("is longer than .NET's longest time, 10675199.02:48:05.4775807");
        }
        return ticks(ticks);
    }

    private static Duration ticks(BigInteger ticks) {
        long all = ticks.longValueExact();
        return Duration.ofSeconds(all / TICKS_PER_SECOND, all % TICKS_PER_SECOND * 100);
    }
}
