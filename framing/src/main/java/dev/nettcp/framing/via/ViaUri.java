package dev.nettcp.framing.via;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An absolute URI in the form in which .NET compares it. Two texts that mean the same address to a .NET peer give the
 * same value here: {@code NET.TCP://HOST:808/a%2Fb/./c} is {@code net.tcp://host/a/b/c}.
 *
 * <p>A URI of another scheme is valid too, and routes nowhere: its parts are not looked into.
 */
public final class ViaUri {
    /** The scheme of this protocol. */
    public static final String NET_TCP = "net.tcp";
    /** The port that is meant when none is written. */
    public static final int DEFAULT_PORT = 808;

    private final String scheme;
    private final String host;
    private final @Nullable InetAddress address;
    private final int port;
    private final String path;
    private final String queryAndFragment;

    ViaUri(String scheme, String host, @Nullable InetAddress address, int port, String path, String queryAndFragment) {
        this.scheme = scheme;
        this.host = host;
        this.address = address;
        this.port = port;
        this.path = path;
        this.queryAndFragment = queryAndFragment;
    }

    /**
     * Reads a text by .NET's rules.
     *
     * @throws UriFormatException if .NET would not take it for an absolute URI
     */
    public static ViaUri parse(String text) {
        return ViaUriParser.parse(text);
    }

    /** In lower case. */
    public String scheme() {
        return scheme;
    }

    /** Whether this is an address of this protocol at all. */
    public boolean isNetTcp() {
        return scheme.equals(NET_TCP);
    }

    /** In lower case; an IPv6 literal in brackets and in its shortest form; empty for other schemes. */
    public String host() {
        return host;
    }

    /** The address, if the host is an IPv4 or IPv6 literal and no name. */
    public Optional<InetAddress> address() {
        return Optional.ofNullable(address);
    }

    /** 0 to 65535, {@value #DEFAULT_PORT} if none is written; -1 for other schemes. */
    public int port() {
        return port;
    }

    /** In escaped form, rooted: at least {@code /}. */
    public String path() {
        return path;
    }

    /** The parts of the path that count: empty ones are left out. */
    public List<String> segments() {
        return List.of(path.split("/")).stream().filter(s -> !s.isEmpty()).toList();
    }

    /** {@code ?…}, {@code #…} or both; empty if the text had neither. Without meaning for routing. */
    public String queryAndFragment() {
        return queryAndFragment;
    }

    /** The whole URI in its escaped form, as a .NET client would write it into its via record. */
    @Override
    public String toString() {
        if (!isNetTcp()) {
            return scheme + ":" + path;
        }
        String portPart = port == DEFAULT_PORT ? "" : ":" + port;
        return scheme + "://" + host + portPart + path + queryAndFragment;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ViaUri uri && toString().equals(uri.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
