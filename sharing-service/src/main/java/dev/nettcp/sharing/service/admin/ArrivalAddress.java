package dev.nettcp.sharing.service.admin;

import dev.nettcp.framing.via.ViaUri;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Guesses at which of this host's addresses a client would arrive; routing by IP literals depends on it. */
final class ArrivalAddress {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private ArrivalAddress() {}

    /**
     * Where a connection for the via would arrive: the via's own IP address; else the address from which this host would
     * answer the client; else loopback.
     *
     * @param client address of the client, an IP literal
     * @throws IllegalArgumentException if it is none, or this host knows no way to it
     */
    static InetSocketAddress of(ViaUri via, Optional<String> client) {
        int port = Math.max(via.port(), 0);
        if (via.address().isPresent()) {
            return new InetSocketAddress(via.address().get(), port);
        }
        return new InetSocketAddress(client.map(ArrivalAddress::towards).orElseGet(ArrivalAddress::loopback), port);
    }

    private static InetAddress towards(String client) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(client);
        if (address == null) {
            throw new IllegalArgumentException("'%s' is no IP address".formatted(client));
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, 9)); // sends nothing: only asks the kernel for the way
            return socket.getLocalAddress();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new IllegalArgumentException("this host knows no way to %s: %s".formatted(client, e.getMessage()), e);
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(LOOPBACK);
        } catch (IOException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }
}
