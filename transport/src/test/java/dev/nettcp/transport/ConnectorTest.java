package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.FailureKind;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorTest extends TransportFixture {

    @Test
    void nobodyListeningIsToldAsSuch() {
        ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + FreePort.next() + "/calc");

        assertThatThrownBy(() -> open(SessionRequest.duplex(via), new Recorder()))
                .cause()
                .isInstanceOfSatisfying(
                        ConnectException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(FailureKind.ENDPOINT_NOT_FOUND))
                .hasMessageContaining(via.toString())
                .hasMessageContaining("Is the server running");
    }

    @Test
    void whatTheSystemSaysIsToldWithoutTheWordsOfLibraries() {
        int port = FreePort.next();

        assertThatThrownBy(() -> open(
                        SessionRequest.duplex(ViaUri.parse("net.tcp://127.0.0.1:" + port + "/calc")), new Recorder()))
                .cause()
                .hasMessage(
                        "No connection for net.tcp://127.0.0.1:%1$d/calc: 127.0.0.1:%1$d (Connection refused)."
                                + " Is the server running, and is this its port?",
                        port);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatEndsTheConnectionInPlaceOfAnAcknowledgementMayDemandSecurity(boolean byReset) {
        try (ScriptedListener listener = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/calc");
            CompletableFuture<Session> opening = connector.open(SessionRequest.duplex(via), new Recorder());
            ScriptedPeer server = listener.accept();
            server.expects(Preambles.whole(via));
            if (byReset) {
                server.resets();
            } else {
                server.endsItsDirection();
            }

            assertThatThrownBy(() -> Waiting.result("opened", opening))
                    .hasStackTraceContaining(
                            byReset
                                    ? " was lost: Connection reset by peer. The session for " + via
                                    : "127.0.0.1:" + listener.port()
                                            + ": the server closed the connection before it acknowledged the session. The session for "
                                            + via)
                    .hasStackTraceContaining("make the security modes of both bindings agree");
        }
    }

    @Test
    void aFaultThatAStrangerWroteIsOneShortLine() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/calc");
            CompletableFuture<Session> opening = connector.open(SessionRequest.duplex(via), new Recorder());
            ScriptedPeer server = listener.accept();
            server.expects(Preambles.whole(via));
            String fault = "a\n\u001b[31m" + "x".repeat(230);
            server.sends("08 ed 01" + Hex.of(fault.getBytes(StandardCharsets.US_ASCII)));

            assertThatThrownBy(() -> Waiting.result("opened", opening))
                    .hasStackTraceContaining("with the fault a\\u000A\\u001B[31mxxx")
                    .hasStackTraceContaining("xxx…: this fault is not known here");
        }
    }

    @Test
    void anUnknownHostIsToldAsSuch() {
        ViaUri via = ViaUri.parse("net.tcp://no-such-host.invalid:9000/calc");

        assertThatThrownBy(() -> open(SessionRequest.duplex(via), new Recorder()))
                .cause()
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("no-such-host.invalid is unknown");
    }

    @Test
    void aRefusalNamesTheFaultAndTheRemedy() {
        Server server = serve(Echo.LISTENER);

        assertThatThrownBy(() -> open(SessionRequest.duplex(server.via("/nobody")), new Recorder()))
                .cause()
                .isInstanceOfSatisfying(
                        PeerFaultException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(FaultCode.ENDPOINT_NOT_FOUND))
                .hasMessageContaining("EndpointNotFound")
                .hasMessageContaining("Compare it with the address of the service");
    }

    @Test
    void aServerThatDoesNotAcknowledgeIsGivenUpAfterTheOpenTimeout() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/calc");
            SessionRequest request =
                    SessionRequest.duplex(via).withTimeouts(SessionTimeouts.DEFAULT.withOpen(Duration.ofSeconds(2)));
            Recorder client = new Recorder();

            assertThatThrownBy(() -> open(request, client))
                    .cause()
                    .isInstanceOf(TransportTimeoutException.class)
                    .hasMessageContaining("openTimeout")
                    .hasMessageContaining("acknowledgement");
            ScriptedPeer server = listener.accept();
            server.expects(Preambles.whole(via));
            server.expectsReset();
            assertThat(client.events).isEmpty();
        }
    }

    @Test
    void anAttemptThatIsCancelledEndsItsConnection() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/calc");
            CompletableFuture<Session> opening = connector.open(SessionRequest.duplex(via), new Recorder());
            ScriptedPeer server = listener.accept();
            server.expects(Preambles.whole(via));

            opening.cancel(false);
            server.expectsReset();
        }
    }

    @Test
    void whatComesTogetherWithTheAcknowledgementIsDelivered() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/calc");
            Recorder client = new Recorder();
            connector.open(SessionRequest.duplex(via), client);
            ScriptedPeer server = listener.accept();
            server.expects(Preambles.whole(via));
            server.sends("0b 06 01 aa 06 01 bb 07");

            client.awaits("opened", "aa", "bb", "ended", "closed");
            server.expects("07");
        }
    }

    @Test
    void aFaultThatEndsASessionIsAnsweredByTheEndOfBothStreams() {
        try (ScriptedListener listener = ScriptedListener.open()) {
            ViaUri via = ViaUri.parse("net.tcp://127.0.0.1:" + listener.port() + "/calc");
            Recorder client = new Recorder();
            connector.open(SessionRequest.duplex(via), client);
            ScriptedPeer server = listener.accept();
            server.expects(Preambles.whole(via));
            server.sends("0b");
            client.awaits("opened");
            server.sends("08 01 78");

            assertThat(client.awaitsFault()).hasMessageContaining("the fault x");
            server.expects("07");
            server.expectsEnd();
        }
    }
}
