package dev.nettcp.framing.via;

import java.net.InetAddress;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The authority of a URI: {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port}. */
record HostAndPort(String host, @Nullable InetAddress address, int port) {
    static HostAndPort parse(String authority, Function<String, UriFormatException> refused) {
        if (authority.indexOf('@') >= 0) {
            throw refused.apply("net.tcp addresses carry no user info");
        }
        int hostEnd = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        if (hostEnd < 0) {
            hostEnd = authority.length();
        }
        String host = authority.substring(0, hostEnd);
        if (host.isEmpty()) {
            throw refused.apply("it has no host");
        }
        int port = port(authority.substring(hostEnd), refused);
        InetAddress address = IpLiterals.parse(host);
        if (address == null && (host.startsWith("[") || !host.matches("[\\p{L}\\p{N}._-]+"))) {
            throw refused.apply("\"" + host + "\" is neither a host name nor an IP address");
        }
        return new HostAndPort(
                address == null ? host.toLowerCase(Locale.ROOT) : IpLiterals.uriText(address), address, port);
    }

    private static int port(String text, Function<String, UriFormatException> refused) {
        if (text.isEmpty() || text.equals(":")) {
            return ViaUri.DEFAULT_PORT;
        }
        if (!text.matches(":[0-9]{1,9}") || Integer.parseInt(text.substring(1)) > 65_535) {
            throw refused.apply("\"" + text + "\" is no port: 0 to 65535 are");
        }
        return Integer.parseInt(text.substring(1));
    }
}
