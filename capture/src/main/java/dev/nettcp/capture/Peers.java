package dev.nettcp.capture;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The two ends of a connection.
 *
 * @param addresses empty for a recorded conversation, which has none
 * @param guessed whether the opening was not seen, and who is who was guessed
 */
public record Peers(Optional<Addresses> addresses, boolean guessed) {
    /** A conversation without addresses. */
    public static final Peers UNKNOWN = new Peers(Optional.empty(), false);

    /** Where they are. */
    public record Addresses(InetSocketAddress client, InetSocketAddress server) {}

    static Peers of(InetSocketAddress client, InetSocketAddress server, boolean guessed) {
        return new Peers(Optional.of(new Addresses(client, server)), guessed);
    }

    /** {@code 127.0.0.1:9000}, {@code [::1]:9000}. */
    public static String text(InetSocketAddress address) {
        String host = NetUtil.toAddressString(address.getAddress()); // [fd00::1] and not all of its zeros
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
