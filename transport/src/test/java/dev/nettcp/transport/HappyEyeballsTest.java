package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Hosts with several addresses, on real sockets: one that refuses, one that never answers, one that is well. */
class HappyEyeballsTest extends TransportFixture {

    @Test
    void localhostIsReachedWhicheverAddressTheServerHas() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://localhost:" + listener.port() + "/calc");

            assertThat(opensAt(listener, via).via()).isEqualTo(via);
        }
    }

    @Test
    void anAddressThatRefusesCostsNothing() throws IOException {
        try (ScriptedListener listener = ScriptedListener.open()) {
            resolveTo("127.0.0.9", "127.0.0.1");

            opensAt(listener, via(listener.port()));
        }
    }

    @Test
    void anAddressThatNeverAnswersDoesNotHoldUpTheOneThatDoes() throws IOException {
        try (ScriptedListener listener = ScriptedListener.open();
                BlackHole hole = BlackHole.at("127.0.0.9", listener.port())) {
            resolveTo("127.0.0.9", "127.0.0.1");

            opensAt(listener, via(listener.port()));
            assertThat(hole.port()).isEqualTo(listener.port());
        }
    }

    @Test
    void whenAllAddressesFailTheErrorNamesEachWithItsReason() throws IOException {
        int port = FreePort.next();
        resolveTo("127.0.0.8", "127.0.0.9");

        assertThatThrownBy(() -> open(SessionRequest.duplex(via(port)), new Recorder()))
                .cause()
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "No connection for net.tcp://twofold:%1$d/calc: 127.0.0.8:%1$d (Connection refused),"
                                + " 127.0.0.9:%1$d (Connection refused). Is the server running, and is this its port?",
                        port);
    }

    @Test
    void theOpenTimeoutBoundsAllAttemptsTogetherAndSaysHowFarTheyCame() throws IOException {
        int port = FreePort.next();
        try (BlackHole hole = BlackHole.at("127.0.0.9", port)) {
            resolveTo("127.0.0.8", "127.0.0.9");
            SessionRequest request = SessionRequest.duplex(via(hole.port()))
                    .withTimeouts(SessionTimeouts.DEFAULT.withOpen(Duration.ofSeconds(2)));

            assertThatThrownBy(() -> open(request, new Recorder()))
                    .cause()
                    .isInstanceOf(TransportTimeoutException.class)
                    .hasMessageContaining("openTimeout=PT2S")
                    .hasMessageContaining(
                            "connecting to 127.0.0.8:%1$d (Connection refused), 127.0.0.9:%1$d (no answer)", port);
        }
    }

    @Test
    void anOpeningThatIsCancelledWhileItConnectsLeavesNoSocket() throws IOException {
        try (BlackHole hole = BlackHole.at("127.0.0.9", FreePort.next())) {
            resolveTo("127.0.0.9");
            CompletableFuture<Session> opening =
                    connector.open(SessionRequest.duplex(via(hole.port())), new Recorder());

            opening.cancel(false);
            assertThat(opening).isCancelled();
        } // NoLeftovers looks for the socket
    }

    private void resolveTo(String... literals) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            addresses.add(InetAddress.getByName(literal));
        }
        connector =
                new Connector(loops, via -> CompletableFuture.completedFuture(addresses), pool, TransportListener.NONE);
    }

    private static ViaUri via(int port) {
        return ViaUri.parse("net.tcp://twofold:" + port + "/calc");
    }

    private Session opensAt(ScriptedListener listener, ViaUri via) {
        CompletableFuture<Session> opening = connector.open(SessionRequest.duplex(via), new Recorder());
        ScriptedPeer server = listener.accept();
        server.expects(Preambles.whole(via));
        server.sends("0b");
        return Waiting.result("opened", opening);
    }

    /** A port where nobody answers: its backlog is full, and Linux drops the SYN of whoever comes then. */
    private record BlackHole(ServerSocket socket, List<SocketChannel> waiting) implements AutoCloseable {

        private static final int BACKLOG = 1;
        private static final int CROWD = 8;

        static BlackHole at(String address, int port) throws IOException {
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(address, port), BACKLOG);
            BlackHole hole = new BlackHole(socket, new ArrayList<>());
            for (int i = 0; i < CROWD; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(socket.getLocalSocketAddress());
                hole.waiting.add(channel);
            }
            Waiting.until(
                    "the backlog is full, which Linux says of one more than asked for", () -> hole.taken() > BACKLOG);
            return hole;
        }

        private long taken() {
            return waiting.stream().filter(BlackHole::isConnected).count();
        }

        private static boolean isConnected(SocketChannel channel) {
            try {
                return channel.finishConnect();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
            socket.close();
        }
    }
}
