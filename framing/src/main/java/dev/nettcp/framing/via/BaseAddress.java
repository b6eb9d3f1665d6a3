package dev.nettcp.framing.via;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An address that somebody listens at: an absolute {@code net.tcp} URI without query, fragment and user info. It
 * receives what is sent to itself and to everything below its path.
 */
public record BaseAddress(ViaUri uri) {
    /**
     * @throws UriFormatException if the URI is of another scheme, or has a query or a fragment
     */
    public BaseAddress {
        if (!uri.isNetTcp()) {
            throw new UriFormatException(uri.toString(), "only net.tcp addresses can be listened at");
        }
        if (!uri.queryAndFragment().isEmpty()) {
            throw new UriFormatException(uri.toString(), "an address to listen at has neither query nor fragment");
        }
    }

    /**
     * Reads a text by .NET's rules.
     *
     * @throws UriFormatException if it is no such address
     */
    public static BaseAddress parse(String text) {
        return new BaseAddress(ViaUri.parse(text));
    }

    public String host() {
        return uri.host();
    }

    /** The address to listen on, if the host is a literal; empty: a name, that is, all addresses of the machine. */
    public Optional<InetAddress> address() {
        return uri.address();
    }

    public int port() {
        return uri.port();
    }

    public String path() {
        return uri.path();
    }

    public List<String> segments() {
        return uri.segments();
    }

    /** The same place behind another port. */
    public BaseAddress withPort(int port) {
        return new BaseAddress(ViaUri.parse(ViaUri.NET_TCP + "://" + host() + ":" + port + path()));
    }

    /** Another place behind the same host and port. */
    public BaseAddress withPath(String path) {
        return new BaseAddress(ViaUri.parse(ViaUri.NET_TCP + "://" + host() + ":" + port() + path));
    }

    /** Whether the other path is this one or leads on from it: case and empty segments do not count, host and port are not looked at. */
    public boolean pathCovers(BaseAddress other) {
        List<String> mine = segments();
        List<String> others = other.segments();
        return mine.size() <= others.size()
                && IntStream.range(0, mine.size()).allMatch(i -> mine.get(i).equalsIgnoreCase(others.get(i)));
    }

    /** How many bytes the escaped URI takes: what the limit of 2048 bytes is about. */
    public int utf8Length() {
        return toString().getBytes(UTF_8).length;
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
