package dev.nettcp.connection;

import java.net.InetSocketAddress;

/**
 * The two ends of a connection.
 *
 * @param local the address and port the client connected to, on this host
 * @param remote the client's address and port; of a relayed connection those of the real client
 */
public record ConnectionAddresses(InetSocketAddress local, InetSocketAddress remote) {

    @Override
    public String toString() {
        return remote + " to " + local;
    }
}
