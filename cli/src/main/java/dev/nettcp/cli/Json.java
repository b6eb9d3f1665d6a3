package dev.nettcp.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes JSON, RFC 8259: objects from maps, arrays from lists, strings, numbers, booleans and null. For the listings' {@code --json}. */
public final class Json {

    private Json() {}

    /** The value as JSON text. */
    public static String of(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(member -> quoted(member.getKey().toString()) + ": " + of(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> array) {
            boolean onLinesOfTheirOwn = array.stream().anyMatch(Map.class::isInstance);
            return array.stream()
                    .map(Json::of)
                    .collect(Collectors.joining(onLinesOfTheirOwn ? ",\n " : ", ", "[", "]"));
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
