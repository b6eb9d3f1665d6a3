package dev.nettcp.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** How long something may take, as people write it: {@code 5}, {@code 5s}, {@code 1.5s}, {@code 500ms}, {@code 2m}. */
final class TimeSpan {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m)?");

    private TimeSpan() {}

    static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'%s' is no time; write seconds, as in 5 or 1.5, or a unit: 500ms, 5s, 2m".formatted(text));
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        double millis = Double.parseDouble(matcher.group(1))
                * switch (unit) {
                    case "ms" -> 1;
                    case "m" -> 60_000;
                    default -> 1_000;
                };
        Duration time = Duration.ofNanos(Math.round(millis * 1e6));
        if (time.isZero()) {
            throw new TypeConversionException("'%s' is no time at all".formatted(text));
        }
        return time;
    }
}
