package dev.nettcp.sharing.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the text of a value becomes a value, and which values are allowed. */
public sealed interface SettingType<T> {

    /** What is allowed, as it stands in the manual and in the message that refuses a value. */
    String allowed();

    /** The value, or the reason why there is none. */
    T parse(String text) throws BadValue;

    /** A value that is refused; the message says what was seen and what is allowed. */
    final class BadValue extends Exception {
        private static final long serialVersionUID = 1L;

        BadValue(String message) {
            super(message);
        }
    }

    private static BadValue refused(String text, String allowed) {
        return new BadValue("'%s' is not allowed here; allowed: %s".formatted(text, allowed));
    }

    /** A number of things. */
    record Count(int least, int most) implements SettingType<Integer> {
        @Override
        public String allowed() {
            return most == Integer.MAX_VALUE
                    ? "a whole number of at least " + least
                    : "a whole number from %d to %d".formatted(least, most);
        }

        @Override
        public Integer parse(String text) throws BadValue {
            try {
                int value = Integer.parseInt(text.replace("_", ""));
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw refused(text, allowed());
            }
            throw refused(text, allowed());
        }
    }

    /**
     * A length of time: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, or as the original's file has it
     * {@code 00:00:30}; {@code infinite} where that is allowed.
     *
     * @param most the longest; any clock can count so far
     */
    record Span(Duration least, Duration most, boolean infinite) implements SettingType<Duration> {
        /** Stands for a wait without end. */
        public static final Duration INFINITE = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

        private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
        private static final Pattern CLOCK = Pattern.compile("(\\d{1,4}):([0-5]\\d):([0-5]\\d)");

        @Override
        public String allowed() {
            return "a time from %s to %s, such as 250ms, 30s or 00:00:30%s"
                    .formatted(print(least), print(most), infinite ? ", or infinite" : "");
        }

        @Override
        public Duration parse(String text) throws BadValue {
            if (infinite && text.equalsIgnoreCase("infinite")) {
                return INFINITE;
            }
            Duration value = span(text);
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw refused(text, allowed());
            }
            return value;
        }

        private Duration span(String text) throws BadValue {
            var unit = WITH_UNIT.matcher(text);
            if (unit.matches()) {
                long amount = Long.parseLong(unit.group(1));
                return switch (unit.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                };
            }
            var clock = CLOCK.matcher(text);
            if (clock.matches()) {
                return Duration.ofHours(Long.parseLong(clock.group(1)))
                        .plusMinutes(Long.parseLong(clock.group(2)))
                        .plusSeconds(Long.parseLong(clock.group(3)));
            }
            throw refused(text, allowed());
        }

        /** The shortest of the forms that {@link #parse} accepts. */
        public static String print(Duration span) {
            if (span.equals(INFINITE)) {
                return "infinite";
            }
            long millis = span.toMillis();
            if (millis % 1000 != 0) {
                return millis + "ms";
            }
            long seconds = millis / 1000;
            if (seconds == 0 || seconds % 60 != 0) {
                return seconds + "s";
            }
            return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
        }
    }

    /** One of a few words, written in the file in lower case. */
    record Choice<E extends Enum<E>>(Class<E> words) implements SettingType<E> {
        @Override
        public String allowed() {
            return String.join(" or ", names());
        }

        @Override
        public E parse(String text) throws BadValue {
            for (E word : words.getEnumConstants()) {
                if (name(word).equals(text)) {
                    return word;
                }
            }
            throw new BadValue("'%s' is not allowed here; allowed: %s%s"
                    .formatted(text, allowed(), NearestName.suggestion(text, names())));
        }

        private List<String> names() {
            return List.of(words.getEnumConstants()).stream().map(Choice::name).toList();
        }

        private static String name(Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The permission bits of a file, in octal. */
    record FileMode() implements SettingType<Integer> {
        @Override
        public String allowed() {
            return "permission bits in octal that let at least the owner read and write, such as 0660";
        }

        @Override
        public Integer parse(String text) throws BadValue {
            if (!text.matches("0?[0-7]{3}")) {
                throw refused(text, allowed());
            }
            int mode = Integer.parseInt(text, 8);
            if ((mode & 0600) != 0600) {
                throw refused(text, allowed());
            }
            return mode;
        }
    }

    /** Any text that is not blank. */
    record Text(String allowed) implements SettingType<String> {
        @Override
        public String parse(String text) throws BadValue {
            if (text.isBlank()) {
                throw refused(text, allowed);
            }
            return text;
        }
    }

    /** A list of texts; read one by one, so that a refusal names the line of the one that is wrong. */
    record Names(String allowed) implements SettingType<List<String>> {
        @Override
        public List<String> parse(String text) throws BadValue {
            if (text.isBlank()) {
                throw refused(text, allowed);
            }
            return List.of(text);
        }
    }
}
