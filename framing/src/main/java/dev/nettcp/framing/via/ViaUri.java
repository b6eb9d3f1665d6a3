package dev.nettcp.framing.via;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An absolute URI in the form in which .NET compares it. Texts that mean the same address to a .NET peer give equal
 * values here: {@code NET.TCP://HOST:808/a%2Fb/./c} is {@code net.tcp://host/a/b/c}. The rules are those of .NET 10.
 *
 * <p>A URI of another scheme is valid too and leads nowhere: its parts are not looked into.
 */
public final class ViaUri {
    /** The scheme of this protocol. */
    public static final String NET_TCP = "net.tcp";
    /** The port that is meant when none is written. */
    public static final int DEFAULT_PORT = 808;

    private static final RecentVias RECENT = new RecentVias();

    private final String scheme;
    private final UriHost host;
    private final int port;
    private final String path;
    private final String queryAndFragment;
    private final List<String> segments;
    private final String text;

    private ViaUri(String scheme, UriHost host, int port, String path, String queryAndFragment, String text) {
        this.scheme = scheme;
        this.host = host;
        this.port = port;
        this.path = path;
        this.queryAndFragment = queryAndFragment;
        this.segments =
                Stream.of(path.split("/")).filter(part -> !part.isEmpty()).toList();
        this.text = text;
    }

    static ViaUri netTcp(UriHost host, int port, String path, String queryAndFragment) {
        String portPart = port == DEFAULT_PORT ? "" : ":" + port;
        String text = NET_TCP + "://" + host.text() + portPart + path + queryAndFragment;
        return new ViaUri(NET_TCP, host, port, path, queryAndFragment, text);
    }

    static ViaUri ofAnotherScheme(String scheme, String rest) {
        return new ViaUri(scheme, UriHost.NONE, -1, "/", "", scheme + ":" + rest);
    }

    /**
     * Reads a text by .NET's rules.
     *
     * @throws UriFormatException if .NET would not take it for an absolute URI
     */
    public static ViaUri parse(String text) {
        return RECENT.parse(text);
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
        return host.text();
    }

    /** The address, if the host is an IPv4 or IPv6 literal and no name. */
    public Optional<InetAddress> address() {
        return Optional.ofNullable(host.address());
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
        return segments;
    }

    /** {@code ?…}, {@code #…} or both; empty if the text had neither. Without meaning for routing. */
    public String queryAndFragment() {
        return queryAndFragment;
    }

    /** The whole URI in its escaped form, as a .NET client would write it into its via record. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ViaUri uri && text.equals(uri.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
