package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.connection.ListenRequest;
import dev.nettcp.connection.OwnPortSource;
import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a connection between its sessions, at the server. */
class ReuseTest extends TransportFixture {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Acceptor acceptor = new Acceptor(AcceptorSettings.DEFAULT);
    private SharedPortStub shared;

    @AfterEach
    void closeShared() {
        if (shared != null) {
            Waiting.result("closed", acceptor.close(PATIENCE));
        }
    }

    @Test
    void bytesThatWereReadBeforeAreReplayedAsIfTheyHadJustArrived() {
        ViaUri via = share(10, SharedPortStub.always(ReuseDecision.KEEP));
        try (ScriptedPeer client = connect(via)) {
            client.sends(Preambles.whole(via), "06 01 aa 07");
            client.expects("0b 06 01 aa 07");
        }
    }

    @Test
    void aPrefixMayHoldAWholeSession() {
        ViaUri via = share(Preambles.whole(via("/calc", 1)).length() / 2, SharedPortStub.always(ReuseDecision.KEEP));
        try (ScriptedPeer client = connect(via)) {
            client.sends(Preambles.whole(via), "06 01 aa 07");
            client.expects("0b 06 01 aa 07");
        }
    }

    @Test
    void thePolicyIsAskedAtTheSecondAndEveryLaterPreambleAndTheConnectionKept() {
        ViaUri via = share(1, SharedPortStub.always(ReuseDecision.KEEP));
        try (ScriptedPeer client = connect(via)) {
            for (int i = 0; i < 3; i++) {
                client.sends(Preambles.whole(via), "06 01 aa 07");
                client.expects("0b 06 01 aa 07");
            }
        }
        assertThat(shared.asked).containsExactly("/calc", "/calc");
    }

    @Test
    void thePolicyIsAskedWhenTheEncodingRecordIsCompleteAndNothingBehindItIsAwaited() {
        ViaUri via = share(1, SharedPortStub.always(ReuseDecision.KEEP));
        try (ScriptedPeer client = firstSession(via)) {
            client.sendsByteByByte(Preambles.upToEncoding(via));
            Waiting.until("the policy is asked", () -> shared.asked.size() == 1);
            client.sends("0c");
            client.expects("0b");
        }
    }

    @Test
    void aSessionForSomebodyWhoMustNotGetTheConnectionIsReset() {
        ViaUri via = share(1, SharedPortStub.always(ReuseDecision.ABORT));
        try (ScriptedPeer client = firstSession(via)) {
            client.sends(Preambles.whole(via));
            client.expectsReset();
        }
    }

    @Test
    void aPolicyThatFailsCountsAsAbort() {
        ViaUri via = share(1, any -> CompletableFuture.failedFuture(new IllegalStateException("as tests do")));
        try (DebugLog log = DebugLog.of(ServerConnection.class);
                ScriptedPeer client = firstSession(via)) {
            client.sends(Preambles.whole(via));
            client.expectsReset();
            Waiting.until("the log says why", () -> log.tells("as tests do"));
        }
    }

    @Test
    void aPolicyThatDoesNotAnswerWithinTheIdleTimeoutCountsAsAbort() {
        acceptor = new Acceptor(AcceptorSettings.DEFAULT.withIdleTimeout(Duration.ofMillis(300)));
        ViaUri via = share(1, any -> new CompletableFuture<>());
        try (ScriptedPeer client = connect(via)) {
            client.sends(Preambles.whole(via), "06 01 aa 07", Preambles.whole(via)); // before the timeout begins
            client.expects("0b 06 01 aa 07");
            client.expectsReset();
        }
        assertThat(shared.asked).hasSize(1);
    }

    @Test
    void aConnectionIsGivenBackUnreadBehindItsEncodingRecordAndStripped() {
        ViaUri via = share(1, SharedPortStub.always(ReuseDecision.RETURN));
        ViaUri other = via("/other", via.port());
        try (ScriptedPeer client = firstSession(via)) {
            client.sends(Preambles.whole(other), "06 01 aa");
            SharedPortStub.Returned returned = shared.awaitsReturn();

            assertThat(returned.prefix()).isEqualTo(Preambles.upToEncoding(other));
            assertThat(returned.autoRead()).isFalse();
            assertThat(returned.handlers()).isEmpty();
            assertThat(acceptor.connections()).isZero();
            assertThat(acceptor.pooledConnections()).isZero();
            returned.connection().channel().unsafe().closeForcibly();
        }
    }

    @Test
    void aConnectionWhosePreambleComesByteByByteIsGivenBackWithAllOfThem() {
        ViaUri via = share(1, SharedPortStub.always(ReuseDecision.RETURN));
        ViaUri other = via("/other/" + "x".repeat(300), via.port());
        try (ScriptedPeer client = firstSession(via)) {
            client.sendsByteByByte(Preambles.upToEncoding(other));
            SharedPortStub.Returned returned = shared.awaitsReturn();

            assertThat(returned.prefix()).isEqualTo(Preambles.upToEncoding(other));
            returned.connection().channel().unsafe().closeForcibly();
        }
    }

    @Test
    void aDecisionThatComesLateFindsTheSameBytes() {
        CompletableFuture<ReuseDecision> decision = new CompletableFuture<>();
        ViaUri via = share(1, any -> decision);
        try (ScriptedPeer client = firstSession(via)) {
            client.sends(Preambles.whole(via));
            Waiting.until("the policy is asked", () -> shared.asked.size() == 1);
            client.sends("06 01 aa");
            decision.complete(ReuseDecision.RETURN);
            SharedPortStub.Returned returned = shared.awaitsReturn();

            assertThat(returned.prefix()).isEqualTo(Preambles.upToEncoding(via));
            returned.connection().channel().unsafe().closeForcibly();
        }
    }

    @Test
    void aConnectionThatIsGivenBackWhileTheServerShutsDownIsLeftAlone() {
        ViaUri via = share(1, any -> {
            Channel channel = Objects.requireNonNull(shared.passedOn);
            ((ServerConnection) channel.pipeline().last()).abortForShutdown(); // comes up behind the decision
            return CompletableFuture.completedFuture(ReuseDecision.RETURN);
        });
        try (ScriptedPeer client = firstSession(via)) {
            client.sends(Preambles.whole(via));
            Channel channel = shared.awaitsReturn().connection().channel();
            channel.eventLoop().submit(() -> {}).syncUninterruptibly();

            assertThat(channel.isOpen()).isTrue();
            assertThat(channel.config().getOption(ChannelOption.SO_LINGER)).isEqualTo(-1);
            channel.unsafe().closeForcibly();
        }
    }

    @Test
    void aClientThatGoesAwayDuringTheDecisionIsNotGivenBack() {
        CompletableFuture<ReuseDecision> decision = new CompletableFuture<>();
        ViaUri via = share(1, any -> decision);
        ScriptedPeer client = firstSession(via);
        client.sends(Preambles.whole(via));
        Waiting.until("the policy is asked", () -> shared.asked.size() == 1);
        client.resets();
        Waiting.until("the connection is gone", () -> acceptor.connections() == 0);
        decision.complete(ReuseDecision.RETURN);
    }

    @Test
    void case102_aConnectionThatWaitsTooLongForItsNextSessionIsClosedInAnOrderlyWay() {
        assertThat(AcceptorSettings.DEFAULT.idleTimeout()).isEqualTo(Duration.ofMinutes(2));
        Server server = serve(AcceptorSettings.DEFAULT.withIdleTimeout(Duration.ofMillis(100)), calc(Echo.LISTENER));
        try (ScriptedPeer client = introduced(server)) {
            client.sends("07");
            client.expects("07");
            client.expectsEnd();
        }
        Waiting.until("the connection is gone", () -> server.acceptor.connections() == 0);
    }

    @Test
    void aPreambleThatIsNotCompleteWithinTheIdleTimeoutIsReset() {
        Server server = serve(AcceptorSettings.DEFAULT.withIdleTimeout(Duration.ofMillis(200)), calc(Echo.LISTENER));
        try (ScriptedPeer client = introduced(server)) {
            client.sends("07", "00 01 00"); // both before the timeout begins
            client.expects("07");
            client.expectsReset();
        }
    }

    @Test
    void case103_surplusConnectionsAreClosedInAnOrderlyWay() {
        Server server = serve(AcceptorSettings.DEFAULT.withMaxPooledConnections(1), calc(Echo.LISTENER));
        try (ScriptedPeer first = introduced(server);
                ScriptedPeer second = introduced(server)) {
            first.sends("07");
            first.expects("07");
            Waiting.until("one waits", () -> server.acceptor.pooledConnections() == 1);
            second.sends("07");
            second.expects("07");
            second.expectsEnd();

            first.sends(Preambles.whole(server.via("/calc")));
            first.expects("0b");
            Waiting.until("none waits", () -> server.acceptor.pooledConnections() == 0);
        }
    }

    @Test
    void garbageBetweenSessionsIsReset() {
        Server server = serve(Echo.LISTENER);
        try (ScriptedPeer client = introduced(server)) {
            client.sends("07");
            client.expects("07");
            client.sends("06 01 aa");
            client.expectsReset();
        }
    }

    @Test
    void anotherEndpointMayBeNextOnTheConnection() {
        Server server = serve(
                AcceptorSettings.DEFAULT,
                calc(Echo.LISTENER),
                endpoint("/loud", SessionListener.of(session -> (open, envelope) -> open.send(bytes(0xff)))));
        try (ScriptedPeer client = introduced(server)) {
            client.sends("06 01 aa 07");
            client.expects("06 01 aa 07");
            client.sends(Preambles.whole(server.via("/loud")), "06 01 aa");
            client.expects("0b 06 01 ff");
        }
    }

    @Test
    void aThousandSessionsNeedFewConnections() {
        Server server = serve(Echo.LISTENER);
        for (int i = 0; i < 1000; i++) {
            Recorder client = new Recorder();
            Session session = open(server, client);
            session.send(session.alloc().buffer(4).writeInt(i));
            session.close().syncUninterruptibly();
            client.awaits("opened", "%08x".formatted(i), "ended", "closed");
        }
        assertThat(server.acceptor.connections()).isLessThanOrEqualTo(2);
    }

    private ViaUri share(int prefixBytes, Function<ViaUri, CompletionStage<ReuseDecision>> decisions) {
        acceptor.add(calc(Echo.LISTENER));
        OwnPortSource port = new OwnPortSource(ListenRequest.of(BaseAddress.parse("net.tcp://127.0.0.1:0/"), loops));
        shared = new SharedPortStub(port, prefixBytes, decisions);
        Waiting.result("the port is open", acceptor.open(shared));
        return via("/calc", port.localAddresses().get(0).getPort());
    }

    private static ViaUri via(String path, int port) {
        return ViaUri.parse("net.tcp://127.0.0.1:" + port + path);
    }

    private static ScriptedPeer connect(ViaUri via) {
        return ScriptedPeer.connect("127.0.0.1", via.port());
    }

    /** A client whose first session has ended. */
    private static ScriptedPeer firstSession(ViaUri via) {
        ScriptedPeer client = connect(via);
        client.sends(Preambles.whole(via), "06 01 aa 07");
        client.expects("0b 06 01 aa 07");
        return client;
    }
}
