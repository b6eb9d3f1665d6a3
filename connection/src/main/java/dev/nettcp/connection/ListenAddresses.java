package dev.nettcp.connection;

import dev.nettcp.framing.via.BaseAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Which socket addresses stand for the host of a base address; the first that this host is able to bind is the one to use. */
final class ListenAddresses {

    private ListenAddresses() {}

    /** The literal's own address; for a name {@code [::]}, whose socket takes IPv4 too, and {@code 0.0.0.0} for hosts without IPv6. */
    static List<InetSocketAddress> of(BaseAddress base) {
        return base.address()
                .map(literal -> List.of(new InetSocketAddress(literal, base.port())))
                .orElseGet(() -> List.of(anyAddress(16, base.port()), anyAddress(4, base.port())));
    }

    private static InetSocketAddress anyAddress(int bytes, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[bytes]), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IP address has 4 or 16 bytes, not " + bytes, e);
        }
    }
}
