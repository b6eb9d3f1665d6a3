package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.connection.AcceptLimits;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.testkit.TlsPeer;
import dev.nettcp.testkit.Waiting;
import dev.nettcp.transport.tls.TlsUpgrade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Peers that mean no good with TLS. Each is dealt with while another client has a session, which is unharmed; afterwards no place, connection,
 * descriptor, buffer or thread is left. Resets at every byte are in {@link TlsCutTest}.
 */
class TlsAbuseTest extends TransportFixture {

    private static final SessionTimeouts SHORT = SessionTimeouts.DEFAULT.withOpen(Duration.ofSeconds(2));

    /** Does something bad to a server; its connections are closed behind it. */
    @FunctionalInterface
    private interface Abuse {
        void of(Server server) throws IOException;
    }

    private void harmsNobody(Server server, Abuse abuse) throws IOException {
        try (ScriptedPeer bystander = ScriptedPeer.connect(server.address())) {
            ScriptedPeer secured = TlsParties.agreed(bystander, server).handshake();
            secured.sends("0c 06 01 aa");
            secured.expects("0b 06 01 aa");
            abuse.of(server);
            secured.sends("06 01 bb");
            secured.expects("06 01 bb");
            Waiting.until("nothing of the abuse is left", () -> server.acceptor.connections() == 1);
            assertThat(server.acceptor.pendingConnections()).isZero();
            secured.sends("07");
            secured.expects("07");
        }
        Waiting.until("no connection is left", () -> server.acceptor.connections() == 0);
    }

    private void harmsNobody(Abuse abuse) throws IOException {
        harmsNobody(serve(AcceptorSettings.DEFAULT), abuse);
    }

    /** Two endpoints: /calc, and /impatient, which waits for a session to be opened for a moment only. */
    private Server serve(AcceptorSettings settings) {
        TlsUpgrade upgrade = new TlsUpgrade(TlsParties.server());
        return serve(
                settings,
                calc(Echo.LISTENER).withUpgrade(upgrade),
                endpoint("/impatient", Echo.LISTENER).withUpgrade(upgrade).withTimeouts(SHORT));
    }

    /** A client that asks /impatient for the upgrade and goes on with these bytes. */
    private static ScriptedPeer stalling(Server server, String beginning) {
        ScriptedPeer client = ScriptedPeer.connect(server.address());
        client.sends(Preambles.upToEncoding(server.via("/impatient")), TlsParties.TLS, beginning);
        return client;
    }

    // ---- upgrade stripping

    @Test
    void upgradeStrippingOnTheWayToTheServerGetsNoSession() throws IOException {
        harmsNobody(server -> {
            for (int i = 0; i < 20; i++) {
                try (ScriptedPeer middleman = ScriptedPeer.connect(server.address())) {
                    middleman.sends(Preambles.whole(server.via("/calc")), "06 01 aa");
                    middleman.expectsReset();
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0b", "0b 06 01 aa", "0a 0b", "0a 06 01 aa 07"})
    void upgradeStrippingOnTheWayToTheClientGetsNothingFromIt(String answer) {
        try (ScriptedListener middleman = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + middleman.port() + "/calc");
            CompletableFuture<Session> opening = connector.open(
                    SessionRequest.duplex(via).withUpgrade(new TlsUpgrade(TlsParties.client())), new Recorder());
            try (ScriptedPeer peer = middleman.accept()) {
                peer.expects(Preambles.upToEncoding(via), TlsParties.TLS);
                peer.sends(answer);
                byte[] more = peer.receivesUntilEndOrReset();
                if (more.length > 0) { // a hello of TLS and no record of ours
                    assertThat(more[0]).isBetween((byte) 0x15, (byte) 0x16);
                }
            }
            assertThatThrownBy(() -> Waiting.result("the session is refused", opening))
                    .isInstanceOf(Throwable.class);
            assertThat(opening).isCompletedExceptionally();
        }
        assertThat(pool.idleConnections()).isZero();
    }

    // ---- after the handshake

    @Test
    void renegotiationEndsTheSessionThatAsksForIt() throws IOException {
        harmsNobody(server -> {
            try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
                TlsPeer tls = TlsParties.agreed(client, server, "TLSv1.2");
                ScriptedPeer secured = tls.handshake();
                secured.sends("0c");
                secured.expects("0b");
                tls.handshakeAgain();
                client.receivesUntilEndOrReset();
            }
        });
    }

    static Stream<String> garbage() {
        return Stream.of(
                "06 01 bb 07", // records of the framing in plain
                "17 03 03 00 20" + "a7".repeat(0x20), // does not decrypt
                "17 03 03 ff ff" + "00".repeat(0xffff), // longer than a record may be
                "16 03 03 00 04 01 00 00 00", // a hello in plain
                "15 03 03 00 02 02 28", // an alert in plain
                "80 2e 01 00 02");
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void garbageAfterTheHandshakeEndsTheSession(String garbage) throws IOException {
        harmsNobody(server -> {
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
                    ScriptedPeer secured =
                            TlsParties.agreed(client, server, version).handshake();
                    secured.sends("0c 06 01 aa");
                    secured.expects("0b 06 01 aa");
                    client.sends(garbage);
                    client.receivesUntilEndOrReset();
                }
            }
        });
    }

    @Test
    void garbageAfterTheHandshakeOfAServerFaultsTheSessionOfTheClient() {
        try (ScriptedListener server = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + server.port() + "/calc");
            Recorder client = new Recorder();
            CompletableFuture<Session> opening =
                    connector.open(SessionRequest.duplex(via).withUpgrade(new TlsUpgrade(TlsParties.client())), client);
            try (ScriptedPeer peer = server.accept()) {
                peer.expects(Preambles.upToEncoding(via), TlsParties.TLS);
                peer.sends("0a");
                ScriptedPeer secured =
                        TlsPeer.server(peer, TlsParties.SERVICE.context()).handshake();
                secured.expects("0c");
                secured.sends("0b");
                Waiting.result("the session is open", opening);
                peer.sends("06 01 bb 07");
                assertThat(client.awaitsFault()).isInstanceOf(UpgradeException.class);
                peer.receivesUntilEndOrReset();
            }
        }
        assertThat(pool.idleConnections()).isZero();
    }

    // ---- stalling

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16 03 01 02 00 01 00", "16 03 01 00 00"})
    void aClientThatStallsInTheHandshakeIsCutOffAfterTheOpenTimeout(String beginning) throws IOException {
        harmsNobody(server -> {
            try (ScriptedPeer client = stalling(server, beginning)) {
                client.receivesUntilEndOrReset();
            }
        });
    }

    @Test
    void aClientThatSaysHelloAndNothingMoreIsCutOffAfterTheOpenTimeout() throws IOException {
        harmsNobody(server -> {
            try (ScriptedPeer client = stalling(server, Hex.of(hello()))) {
                client.receivesUntilEndOrReset();
            }
        });
    }

    @Test
    void aHelloThatDripsInByteByByteIsCutOffAfterTheOpenTimeout() throws IOException {
        harmsNobody(server -> {
            try (ScriptedPeer client = stalling(server, "16 03 01 02 00 01 00 01 fc 03 03")) {
                Waiting.until("the connection is cut off", () -> {
                    try {
                        client.socket().getOutputStream().write(0);
                        return false;
                    } catch (IOException e) {
                        return true;
                    }
                });
            }
        });
    }

    @Test
    void clientsThatStallInTheHandshakeTakeTheirPlacesForNoLongerThanTheOpenTimeout() throws IOException {
        AcceptLimits limits = AcceptLimits.DEFAULT.withMaxPendingConnections(3).withListenBacklog(100);
        harmsNobody(serve(AcceptorSettings.DEFAULT.withLimits(limits)), server -> {
            List<ScriptedPeer> stalling = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                stalling.add(stalling(server, "16 03 01 02 00"));
            }
            try (ScriptedPeer honest = ScriptedPeer.connect(server.address())) {
                honest.sends(Preambles.upToEncoding(server.via("/calc")), TlsParties.TLS);
                honest.expects("0a"); // when those before it are gone
                ScriptedPeer secured = TlsPeer.client(honest, TestCertificate.contextWithoutCertificate())
                        .handshake();
                secured.sends("0c 06 01 cc 07");
                secured.expects("0b 06 01 cc 07");
            }
            stalling.forEach(ScriptedPeer::close);
        });
    }

    @Test
    void aClientThatNeverReadsIsCutOffAfterTheOpenTimeout() throws IOException {
        harmsNobody(server -> {
            try (ScriptedPeer client = ScriptedPeer.connect(server.address(), 1)) {
                client.sends(Preambles.upToEncoding(server.via("/impatient")), TlsParties.TLS, Hex.of(hello()));
                Waiting.until("only the other client is left", () -> server.acceptor.connections() == 1);
            }
        });
    }

    /** What a client of TLS begins with. */
    private static byte[] hello() {
        try (ScriptedListener nobody = ScriptedListener.open();
                ScriptedPeer client = ScriptedPeer.connect("127.0.0.1", nobody.port());
                ScriptedPeer server = nobody.accept()) {
            TlsPeer tls = TlsPeer.client(client, TestCertificate.contextWithoutCertificate());
            tls.holdsOutput();
            server.endsItsDirection();
            assertThatThrownBy(tls::handshake).isInstanceOf(UncheckedIOException.class);
            byte[] held = tls.heldOutput();
            int length = 5 + (Byte.toUnsignedInt(held[3]) << 8) + Byte.toUnsignedInt(held[4]);
            return Arrays.copyOf(held, length);
        }
    }
}
