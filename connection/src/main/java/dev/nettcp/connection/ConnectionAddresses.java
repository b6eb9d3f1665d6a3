package dev.nettcp.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The two ends of a connection.
 *
 * @param local the address and port the client connected to, on this host
 * @param remote the client's address and port; of a relayed connection those of the real client
 */
public record ConnectionAddresses(InetSocketAddress local, InetSocketAddress remote) {

    /** As in a URI: {@code 127.0.0.1:9000}, {@code [::1]:9000}. */
    public static String text(InetSocketAddress address) {
        InetAddress resolved = address.getAddress();
        String host = resolved == null ? address.getHostString() : resolved.getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** The remote end as in a URI. */
    public String remoteText() {
        return text(remote);
    }

    @Override
    public String toString() {
        return remoteText() + " to " + text(local);
    }
}
