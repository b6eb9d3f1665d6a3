package dev.nettcp.sharing.worker;

import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverOutcome;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client's connection over loopback, and the service's end of it as a raw descriptor. */
final class Tcp implements AutoCloseable {
    static final String VIA = "net.tcp://localhost:9000/a";

    final java.net.Socket client;
    final Socket accepted;

    Tcp() throws IOException {
        // The descriptor's end connects, the Java end accepts: which end is which does not matter to TCP.
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            accepted = Socket.newSocketStream();
            accepted.connect(listener.getLocalSocketAddress());
            client = listener.accept();
            client.setSoTimeout(30_000);
        }
    }

    HandoverHeader header() {
        return new HandoverHeader(
                VIA,
                (InetSocketAddress) client.getRemoteSocketAddress(),
                (InetSocketAddress) client.getLocalSocketAddress(),
                Unpooled.copiedBuffer("preamble", StandardCharsets.US_ASCII));
    }

    /** Hands it over as the service does; on {@code Taken} the copy here is closed. */
    HandoverOutcome handOver(HandoverLane lane) throws Exception {
        HandoverOutcome outcome = lane.send(header(), accepted, Duration.ofSeconds(30))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        if (outcome instanceof HandoverOutcome.Taken) {
            accepted.close();
        }
        return outcome;
    }

    @Override
    public void close() throws IOException {
        if (accepted.isOpen()) {
            accepted.close();
        }
        client.close();
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 30 s");
        }
        return next;
    }
}
