package dev.nettcp.framing.via;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of {@code net.tcp} addresses in the form in which .NET compares them. */
final class UriPath {
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private UriPath() {}

    /** Slashes and dots unescaped, dot segments removed, everything else escaped; rooted. */
    static String canonical(String path) {
        return withoutDotSegments(
                escaped(path.replace('\\', '/')).replace("%2F", "/").replace("%5C", "/"));
    }

    /** Unreserved characters plain, everything that may not stand in a URI escaped. */
    static String escaped(String text) {
        StringBuilder result = new StringBuilder();
        Matcher escapes = ESCAPE.matcher(text);
        int from = 0;
        while (escapes.find()) {
            escape(text.substring(from, escapes.start()), result);
            char meant = (char) Integer.parseInt(escapes.group(1), 16);
            if (isUnreserved(meant)) {
                result.append(meant);
            } else {
                result.append('%').append(escapes.group(1).toUpperCase(java.util.Locale.ROOT));
            }
            from = escapes.end();
        }
        escape(text.substring(from), result);
        return result.toString();
    }

    private static void escape(String text, StringBuilder result) {
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (isUnreserved(c) || "/:?#[]@!$&'()*+,;=".indexOf(c) >= 0)) {
                result.append(c);
            } else {
                result.append("%%%02X".formatted((int) c));
            }
        }
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    private static String withoutDotSegments(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                kept.pollLast();
            } else if (!segments[i].equals(".")) {
                kept.addLast(segments[i]);
                continue;
            }
            if (last) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
