package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.connection.AcceptLimits;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Peers that mean no good, or are broken: each is dealt with, others are served meanwhile, and nothing is left behind. */
class AbuseTest extends TransportFixture {

    @Test
    void aSlowPreambleIsCutOffAfterTheChannelInitializationTimeout() {
        Server server = serve(
                AcceptorSettings.DEFAULT.withChannelInitializationTimeout(Duration.ofMillis(200)), calc(Echo.LISTENER));
        try (ScriptedPeer slow = ScriptedPeer.connect(server.address())) {
            slow.isResetAfter("00 01 00 01 02 02");
        }
        Waiting.until("no place is taken", () -> server.acceptor.pendingConnections() == 0);
    }

    @Test
    void aClientThatDoesNotEndItsPreambleIsCutOffAfterTheOpenTimeout() {
        Server server = serve(
                AcceptorSettings.DEFAULT,
                calc(Echo.LISTENER).withTimeouts(SessionTimeouts.DEFAULT.withOpen(Duration.ofMillis(200))));
        try (ScriptedPeer slow = ScriptedPeer.connect(server.address())) {
            slow.sends(Preambles.upToEncoding(server.via("/calc")));
            slow.expectsReset();
        }
        Waiting.until("no place is taken", () -> server.acceptor.pendingConnections() == 0);
    }

    @Test
    void silentClientsTakeTheirPlacesAndOthersAreServedWhenTheseAreCutOff() {
        AcceptLimits limits = AcceptLimits.DEFAULT.withMaxPendingConnections(3).withListenBacklog(100);
        Server server = serve(
                AcceptorSettings.DEFAULT.withLimits(limits).withChannelInitializationTimeout(Duration.ofSeconds(2)),
                calc(Echo.LISTENER));
        List<ScriptedPeer> silent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            silent.add(ScriptedPeer.connect(server.address()));
        }
        Waiting.until("all places are taken", () -> server.acceptor.pendingConnections() == 3);

        try (ScriptedPeer honest = ScriptedPeer.connect(server.address())) {
            honest.sends(Preambles.whole(server.via("/calc")), "06 01 aa 07");
            honest.expects("0b 06 01 aa 07");
        }
        silent.get(0).expectsReset();
        silent.forEach(ScriptedPeer::close);
        Waiting.until("no place is taken", () -> server.acceptor.pendingConnections() == 0);
    }

    @Test
    void noMoreConnectionsArePendingThanAllowedHoweverManyCome() {
        AcceptLimits limits = AcceptLimits.DEFAULT.withMaxPendingConnections(5).withListenBacklog(200);
        CompletableFuture<SessionHandler> never = new CompletableFuture<>();
        Server server = serve(AcceptorSettings.DEFAULT.withLimits(limits), calc(session -> never));
        List<ScriptedPeer> clients = new ArrayList<>();
        int most = 0;
        for (int i = 0; i < 50; i++) {
            ScriptedPeer client = ScriptedPeer.connect(server.address());
            client.sends(Preambles.whole(server.via("/calc")));
            clients.add(client);
            most = Math.max(most, server.acceptor.pendingConnections());
        }
        Waiting.until("all places are taken", () -> server.acceptor.pendingConnections() == 5);
        assertThat(most).isLessThanOrEqualTo(5);
        never.complete(new Echo());
        clients.forEach(client -> client.expects("0b"));
        clients.forEach(ScriptedPeer::close);
    }

    @Test
    void aClientMayResetAtEveryByteOfAConversation() {
        Server server = serve(Echo.LISTENER);
        byte[] conversation = Hex.bytes(Preambles.whole(server.via("/calc")) + "06 03 01 02 03 07");
        for (int length = 0; length <= conversation.length; length++) {
            ScriptedPeer client = ScriptedPeer.connect(server.address());
            client.sends(Arrays.copyOf(conversation, length));
            client.resets();
        }
        introduced(server).close(); // who came before has been accepted by now
        Waiting.until(
                "all are gone", () -> server.acceptor.connections() == 0 && server.acceptor.pendingConnections() == 0);
        assertThat(server.acceptor.pooledConnections()).isZero();
    }

    @Test
    void aClientMayEndItsStreamAtEveryByteOfAConversation() {
        Server server = serve(Echo.LISTENER);
        byte[] conversation = Hex.bytes(Preambles.whole(server.via("/calc")) + "06 03 01 02 03 07");
        for (int length = 0; length <= conversation.length; length++) {
            try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
                client.sends(Arrays.copyOf(conversation, length));
                client.endsItsDirection();
                client.receivesUntilEndOrReset();
            }
        }
        Waiting.until(
                "all are gone", () -> server.acceptor.connections() == 0 && server.acceptor.pendingConnections() == 0);
    }

    @Test
    void aServerMayResetAtEveryByteOfAConversation() {
        byte[] conversation = Hex.bytes("0b 06 03 01 02 03 07");
        for (int length = 0; length <= conversation.length; length++) {
            try (ScriptedListener listener = ScriptedListener.open()) {
                ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/calc");
                Recorder client = new Recorder();
                CompletableFuture<Session> opening = connector.open(SessionRequest.duplex(via), client);
                ScriptedPeer server = listener.accept();
                server.expects(Preambles.whole(via));
                server.sends(Arrays.copyOf(conversation, length));
                if (length > 0) {
                    Waiting.result("opened", opening);
                }
                server.resets();
                Waiting.until(
                        "the client knows",
                        () -> opening.isCompletedExceptionally()
                                || client.events.contains("faulted")
                                || client.events.contains("closed"));
            }
        }
        Waiting.until("nothing is kept", () -> pool.idleConnections() == 0);
    }

    @Test
    void aSizeBombIsRefusedByItsSize() {
        Server server = serve(Echo.LISTENER);
        try (ScriptedPeer client = introduced(server)) {
            client.sends("06 ff ff ff ff 07");
            assertThat(client.receives(1)).containsExactly(0x08);
        }
    }

    @Test
    void anEndlessViaIsRefusedByItsSize() {
        Server server = serve(Echo.LISTENER);
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends("00 01 00 01 02 02 ff ff ff ff 07");
            assertThat(client.receives(1)).containsExactly(0x08);
        }
    }

    @Test
    void clientsThatNeverReadTheirRefusalDoNotHinderOthers() {
        Server server = serve(
                AcceptorSettings.DEFAULT.withLimits(AcceptLimits.DEFAULT.withMaxPendingConnections(2)),
                calc(Echo.LISTENER));
        List<ScriptedPeer> refused = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ScriptedPeer client = ScriptedPeer.connect(server.address());
            client.sends(Preambles.whole(server.via("/nobody")));
            refused.add(client);
        }
        try (ScriptedPeer honest = introduced(server)) {
            honest.sends("06 01 aa");
            honest.expects("06 01 aa");
        }
        refused.forEach(ScriptedPeer::close);
    }
}
