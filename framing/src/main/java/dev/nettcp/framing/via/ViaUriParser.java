package dev.nettcp.framing.via;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a text apart by the rules of .NET's URI class for {@code net.tcp}.
 *
 * <pre>
 *   net.tcp://host:port/path?query#fragment
 *             └───┬───┘└─┬─┘
 *       no user info     may be empty; a backslash is a slash here, but not directly behind the authority
 * </pre>
 */
final class ViaUriParser {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
    private static final Pattern NET_TCP = Pattern.compile("//([^/?#]*)([^?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(?::([0-9]*))?");
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final Pattern BLANKS_AROUND = Pattern.compile("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$");

    private final String text;

    private ViaUriParser(String text) {
        this.text = text;
    }

    static ViaUri parse(String text) {
        return new ViaUriParser(text).parse();
    }

    private ViaUri parse() {
        String trimmed = BLANKS_AROUND.matcher(text).replaceAll("");
        Matcher uri = SCHEME.matcher(LONE_SURROGATE.matcher(trimmed).replaceAll("\uFFFD"));
        if (!uri.matches()) {
            throw refused("it does not begin with a scheme such as net.tcp:");
        }
        String scheme = uri.group(1).toLowerCase(Locale.ROOT);
        return scheme.equals(ViaUri.NET_TCP)
                ? netTcp(uri.group(2))
                : ViaUri.ofAnotherScheme(scheme, UriPath.escaped(uri.group(2)));
    }

    private ViaUri netTcp(String rest) {
        Matcher parts = NET_TCP.matcher(rest);
        if (!parts.matches()) {
            throw refused("net.tcp: must be followed by //");
        }
        Matcher authority = AUTHORITY.matcher(parts.group(1));
        if (parts.group(1).contains("@")) {
            throw refused("net.tcp addresses carry no user info");
        }
        if (!authority.matches()) {
            throw refused("\"%s\" is not a host, or a host and a port".formatted(PrintableText.of(parts.group(1))));
        }
        return ViaUri.netTcp(
                host(authority.group(1)),
                port(authority.group(2)),
                UriPath.canonical(parts.group(2)),
                UriPath.escaped(parts.group(3)));
    }

    private UriHost host(String host) {
        return UriHost.parse(host)
                .orElseThrow(() ->
                        refused("\"%s\" is neither a host name nor an IP address".formatted(PrintableText.of(host))));
    }

    /** Nothing, or a colon with nothing behind it, is the default port. */
    private int port(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return ViaUri.DEFAULT_PORT;
        }
        if (digits.length() > 9 || Integer.parseInt(digits) > 65_535) {
            throw refused("port %s is not between 0 and 65535".formatted(PrintableText.of(digits)));
        }
        return Integer.parseInt(digits);
    }

    private UriFormatException refused(String why) {
        return new UriFormatException(text, why);
    }
}
