package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.TlsPeer;
import dev.nettcp.testkit.Waiting;
import dev.nettcp.transport.tls.TlsUpgrade;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that reset the connection somewhere in a secured session, handshake and all: {@code -Dnettcp.cut.stride=1} is everywhere. */
class TlsCutTest extends TransportFixture {

    private static final int STRIDE = Integer.getInteger("nettcp.cut.stride", 5);

    /** By so many bytes, or less, the same session may be shorter another time: signatures of ECDSA have no fixed length. */
    private static final int VARIES = 16;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientMayResetAtAnyByteAndNothingIsLeftOfIt(String version) {
        Server server =
                serve(AcceptorSettings.DEFAULT, calc(Echo.LISTENER).withUpgrade(new TlsUpgrade(TlsParties.server())));
        int whole = clientSends(server, version, Integer.MAX_VALUE);
        assertThat(whole).isGreaterThan(200);
        for (int bytes = 0; bytes < whole; bytes += STRIDE) {
            clientSends(server, version, bytes);
        }
        Waiting.until("no place is taken", () -> server.acceptor.pendingConnections() == 0);
        Waiting.until("no connection is left", () -> server.acceptor.connections() == 0);
        assertThat(clientSends(server, version, Integer.MAX_VALUE)).isGreaterThan(200);
    }

    /** @return how many bytes a client sends in a whole session, from its hello on */
    private static int clientSends(Server server, String version, int most) {
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            TlsPeer tls = TlsParties.agreed(client, server, version).resettingAfter(most);
            try {
                ScriptedPeer secured = tls.handshake();
                secured.sends("0c 06 01 aa 07");
                secured.expects("0b 06 01 aa 07");
            } catch (UncheckedIOException e) {
                assertThat(tls.bytesSent()).isEqualTo(most);
            }
            return tls.bytesSent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerMayResetAtAnyByteAndTheClientSaysSo(String version) {
        try (ScriptedListener server = ScriptedListener.open()) {
            int whole = serverSends(server, version, Integer.MAX_VALUE);
            assertThat(whole).isGreaterThan(200);
            for (int bytes = 0; bytes < whole - VARIES; bytes += STRIDE) {
                serverSends(server, version, bytes);
            }
        }
        assertThat(pool.idleConnections()).isZero();
    }

    private int serverSends(ScriptedListener server, String version, int most) {
        CompletableFuture<Session> opening = connector.open(
                SessionRequest.duplex(ViaUri.parse("net.tcp://127.0.0.1:" + server.port() + "/calc"))
                        .withUpgrade(new TlsUpgrade(TlsParties.client())),
                new Recorder());
        try (ScriptedPeer peer = server.accept()) {
            peer.expects(
                    Preambles.upToEncoding(ViaUri.parse("net.tcp://127.0.0.1:" + server.port() + "/calc")),
                    TlsParties.TLS);
            peer.sends("0a");
            TlsPeer tls =
                    TlsPeer.server(peer, TlsParties.SERVICE.context(), version).resettingAfter(most);
            try {
                ScriptedPeer secured = tls.handshake();
                secured.expects("0c");
                secured.sends("0b");
            } catch (UncheckedIOException e) {
                assertThat(tls.bytesSent()).isEqualTo(most);
            }
            if (most == Integer.MAX_VALUE) {
                peer.resets();
            }
            Waiting.until("the client knows", opening::isDone);
            if (most < Integer.MAX_VALUE) {
                assertThat(opening).isCompletedExceptionally();
            }
            return tls.bytesSent();
        }
    }
}
