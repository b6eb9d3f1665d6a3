package dev.nettcp.binding.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Values of attributes as .NET reads them. A bad one is an IllegalArgumentException whose message continues "the value …". */
final class Texts {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");
    private static final Pattern WORD_STARTS = Pattern.compile("_");

    private Texts() {}

    static boolean bool(String text) {
        String trimmed = text.strip();
        if (trimmed.equalsIgnoreCase("true") || trimmed.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(trimmed);
        }
        throw new IllegalArgumentException("is neither true nor false");
    }

    static int int32(String text) {
        long number = int64(text);
        if (number != (int) number) {
            throw new IllegalArgumentException("does not fit in 31 bits; allowed is 0 to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    static long int64(String text) {
        String trimmed = text.strip();
        try {
            if (NUMBER.matcher(trimmed).matches()) {
                return Long.parseLong(trimmed);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("does not fit in 63 bits", e);
        }
        throw new IllegalArgumentException("is no whole number");
    }

    /** WCF's configuration has 0 for "the default". */
    static Consumer<Integer> unlessZero(Consumer<Integer> setter) {
        return number -> {
            if (number != 0) {
                setter.accept(number);
            }
        };
    }

    /** The member of an enumeration by WCF's name, in which case counts. */
    static <E extends Enum<E>> Function<String, E> memberOf(Class<E> type) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E member : type.getEnumConstants()) {
            byName.put(wcfName(member), member);
        }
        return text -> {
            E member = byName.get(text);
            if (member == null) {
                throw new IllegalArgumentException("is not allowed; allowed are %s%s"
                        .formatted(byName.keySet(), Nearest.hint(text, byName.keySet())));
            }
            return member;
        };
    }

    /** {@code STRONG_WILDCARD} is {@code StrongWildcard}. */
    static String wcfName(Enum<?> member) {
        StringBuilder name = new StringBuilder();
        Arrays.stream(WORD_STARTS.split(member.name(), -1))
                .forEach(word ->
                        name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT)));
        return name.toString();
    }
}
