package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.ListenRequest;
import dev.nettcp.connection.OwnPortSource;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Waiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** An acceptor on a free port of its own, for a test. */
final class Server implements AutoCloseable {

    final Acceptor acceptor;
    private final OwnPortSource source;

    private Server(Acceptor acceptor, OwnPortSource source) {
        this.acceptor = acceptor;
        this.source = source;
    }

    static Server open(EventLoops loops, AcceptorSettings settings, Endpoint... endpoints) {
        return open(loops, new Acceptor(settings), endpoints);
    }

    static Server open(EventLoops loops, Acceptor acceptor, Endpoint... endpoints) {
        return open(loops, acceptor, UnaryOperator.identity(), endpoints);
    }

    /** With something between the port and the acceptor. */
    static Server open(
            EventLoops loops, Acceptor acceptor, UnaryOperator<ConnectionSource> between, Endpoint... endpoints) {
        for (Endpoint endpoint : endpoints) {
            acceptor.add(endpoint);
        }
        OwnPortSource source = new OwnPortSource(ListenRequest.of(BaseAddress.parse("net.tcp://127.0.0.1:0/"), loops)
                .withLimits(acceptor.settings().limits()));
        Waiting.result("the port is open", acceptor.open(between.apply(source)));
        return new Server(acceptor, source);
    }

    int port() {
        return source.localAddresses().get(0).getPort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    ViaUri via(String path) {
        return ViaUri.parse("net.tcp://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() {
        Waiting.result("the server is closed", acceptor.close(Duration.ofSeconds(5)));
    }
}
