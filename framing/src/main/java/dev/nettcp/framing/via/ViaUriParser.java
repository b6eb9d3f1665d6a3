package dev.nettcp.framing.via;

import java.util.Locale;

/** Takes a text apart by the rules of .NET's URI class for {@code net.tcp}. */
final class ViaUriParser {
    private final String text;

    private ViaUriParser(String text) {
        this.text = text;
    }

    static ViaUri parse(String text) {
        return new ViaUriParser(text.strip()).parse();
    }

    private ViaUri parse() {
        int colon = text.indexOf(':');
        if (colon < 1 || !text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            throw refused("it does not begin with a scheme");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        if (!scheme.equals(ViaUri.NET_TCP)) {
            return new ViaUri(scheme, "", null, -1, rest, "");
        }
        if (!rest.startsWith("//")) {
            throw refused("the scheme is not followed by //");
        }
        int end = authorityEnd(rest);
        HostAndPort authority = HostAndPort.parse(rest.substring(2, end), this::refused);
        int tail = tailStart(rest, end);
        return new ViaUri(
                scheme,
                authority.host(),
                authority.address(),
                authority.port(),
                UriPath.canonical(rest.substring(end, tail)),
                UriPath.escaped(rest.substring(tail)));
    }

    private static int authorityEnd(String rest) {
        int end = 2;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static int tailStart(String rest, int from) {
        int start = from;
        while (start < rest.length() && "?#".indexOf(rest.charAt(start)) < 0) {
            start++;
        }
        return start;
    }

    private UriFormatException refused(String why) {
        return new UriFormatException("\"%s\" is no absolute URI: %s".formatted(text, why));
    }
}
