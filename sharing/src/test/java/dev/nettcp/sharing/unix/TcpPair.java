package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.HandoverHeader;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/** A connection over loopback: the client's end as a Java socket, the service's end as a raw descriptor. */
final class TcpPair implements AutoCloseable {
    private static final String VIA = "net.tcp://localhost:9000/a";

    final java.net.Socket client;
    private final Socket accepted;

    TcpPair() throws IOException {
        // The descriptor's end connects, the Java end accepts: which end is which does not matter to TCP.
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            accepted = Socket.newSocketStream();
            accepted.connect(listener.getLocalSocketAddress());
            client = listener.accept();
        }
    }

    FileDescriptor descriptor() {
        return accepted;
    }

    HandoverHeader header() {
        return new HandoverHeader(
                VIA,
                (InetSocketAddress) client.getRemoteSocketAddress(),
                (InetSocketAddress) client.getLocalSocketAddress(),
                Unpooled.copiedBuffer(VIA, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        if (accepted.isOpen()) {
            accepted.close();
        }
        client.close();
    }
}
