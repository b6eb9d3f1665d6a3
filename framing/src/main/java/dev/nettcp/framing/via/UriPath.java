package dev.nettcp.framing.via;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of {@code net.tcp} addresses in the form in which .NET compares them. */
final class UriPath {
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final HexFormat DIGITS = HexFormat.of().withUpperCase();
    private static final String RESERVED = "/:?#[]@!$&'()*+,;=";

    private UriPath() {}

    /**
     * Rooted and escaped; backslashes, and slashes and backslashes that were escaped, are slashes; then dot segments are
     * taken out. Empty segments stay: {@code /a//b}.
     */
    static String canonical(String path) {
        String slashes = escaped(path).replace("%5C", "/").replace("%2F", "/");
        return withoutDotSegments(slashes);
    }

    /**
     * Everything that may not stand in a URI is escaped, and so is a percent sign that begins no escape. Unreserved
     * characters stand for themselves; other escapes are kept, their digits in upper case.
     */
    static String escaped(String text) {
        StringBuilder result = new StringBuilder(text.length());
        Matcher escapes = ESCAPE.matcher(text);
        int from = 0;
        while (escapes.find()) {
            escape(text.substring(from, escapes.start()), result);
            char meant = (char) Integer.parseInt(escapes.group(1), 16);
            if (isUnreserved(meant)) {
                result.append(meant);
            } else {
                result.append(escapes.group().toUpperCase(Locale.ROOT));
            }
            from = escapes.end();
        }
        escape(text.substring(from), result);
        return result.toString();
    }

    private static void escape(String text, StringBuilder result) {
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isUnreserved(c) || RESERVED.indexOf(c) >= 0) {
                result.append(c);
            } else {
                result.append('%').append(DIGITS.toHighHexDigit(b)).append(DIGITS.toLowHexDigit(b));
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
            String segment = segments[i];
            boolean dots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..")) {
                kept.pollLast();
            }
            if (!dots) {
                kept.addLast(segment);
            } else if (i == segments.length - 1) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
