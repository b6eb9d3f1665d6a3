package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.binding.NetTcpTimeoutException;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.examples.Calculator;
import dev.nettcp.examples.CalculatorClient;
import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.interop.peers.DotNetServer;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our client against a .NET server that misbehaves on purpose: each time an error of the right kind, or none if it can be helped. */
@Timeout(120)
class OurClientAgainstMisbehaviourTest {

    private static final NetTcpBinding BINDING =
            NetTcpBinding.builder().security(SecurityMode.NONE).build();

    private static final NetTcpBinding IMPATIENT = NetTcpBinding.builder()
            .security(SecurityMode.NONE)
            .openTimeout(Duration.ofSeconds(1))
            .build();

    /** Starts a server that misbehaves, and tells the list of what ran. */
    private static DotNetServer serverThat(String... injection) {
        String[] arguments = new String[injection.length + 1];
        arguments[0] = "--inject";
        System.arraycopy(injection, 0, arguments, 1, injection.length);
        DotNetServer server = DotNetServer.start(arguments);
        Counterpart.DOTNET_SERVER.ran("inject " + String.join(" ", injection) + " (our client)");
        return server;
    }

    private static String calculator(DotNetServer server) {
        return server.address() + "/calculator";
    }

    private static Message add() {
        return Calculator.request("Add", 1, 2);
    }

    private static void assertCallFails(DotNetServer server, NetTcpBinding binding, Layer layer) throws Exception {
        NetTcpClient client = NetTcpClient.to(calculator(server), binding);
        assertThatThrownBy(() -> client.request(add()))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(layer));
        client.abort();
    }

    private static void assertTwoSessionsPass(DotNetServer server) throws Exception {
        for (int session = 0; session < 2; session++) {
            try (CalculatorClient client = new CalculatorClient(calculator(server), BINDING)) {
                assertThat(client.add(1, 2)).isEqualTo(3);
            }
        }
    }

    @Test
    void aResetAfterTheAcknowledgementFailsTheCall() throws Exception {
        try (DotNetServer server = serverThat("reset-after-ack")) {
            assertCallFails(server, BINDING, Layer.SESSION);
        }
    }

    @Test
    void aPreambleThatIsNeverAnsweredIsATimeout() throws Exception {
        try (DotNetServer server = serverThat("no-ack")) {
            NetTcpClient client = NetTcpClient.to(calculator(server), IMPATIENT);
            assertThatThrownBy(() -> client.request(add()))
                    .isInstanceOfSatisfying(
                            NetTcpTimeoutException.class,
                            e -> assertThat(e.setting()).isEqualTo("openTimeout"));
            client.abort();
        }
    }

    @Test
    void aSlowServerIsWaitedFor() throws Exception {
        try (DotNetServer server = serverThat("slow", "50")) {
            assertTwoSessionsPass(server);
        }
    }

    @Test
    void oneByteAtATimeMakesNoDifference() throws Exception {
        try (DotNetServer server = serverThat("dribble")) {
            assertTwoSessionsPass(server);
        }
    }

    @Test
    void anEndOfTheStreamAfterAReplyEndsTheSessionAndTheNextCallOpensAnother() throws Exception {
        assertTheNextCallOpensAnotherSession("half-close");
    }

    @Test
    void anEndRecordAfterAReplyEndsTheSessionAndTheNextCallOpensAnother() throws Exception {
        assertTheNextCallOpensAnotherSession("end-first");
    }

    private static void assertTheNextCallOpensAnotherSession(String injection) throws Exception {
        try (DotNetServer server = serverThat(injection, "--inject-count", "1");
                NetTcpClient client = NetTcpClient.to(calculator(server), BINDING)) {
            MessageSession session = client.open();
            assertThat(Calculator.result(session.request(add()))).isEqualTo(3);
            Waiting.until("a request on this session fails", () -> fails(session));
            assertThat(Calculator.result(client.request(add()))).isEqualTo(3);
        }
    }

    private static boolean fails(MessageSession session) {
        try {
            session.request(add());
            return false;
        } catch (NetTcpException e) {
            return true;
        }
    }

    @Test
    void aFaultInsteadOfTheAcknowledgementIsReportedWithItsUri() throws Exception {
        try (DotNetServer server = serverThat("fault", "ServerTooBusy")) {
            NetTcpClient client = NetTcpClient.to(calculator(server), BINDING);
            assertThatThrownBy(() -> client.request(add()))
                    .isInstanceOfSatisfying(
                            NetTcpException.class,
                            e -> assertThat(e.framingFault())
                                    .hasValueSatisfying(uri -> assertThat(uri).endsWith("/ServerTooBusy")));
            client.abort();
        }
    }

    @Test
    void aPooledConnectionThatTheServerHasClosedIsReplacedSilently() throws Exception {
        try (DotNetServer server = serverThat("close-pooled")) {
            assertTwoSessionsPass(server);
        }
    }

    @Test
    void aPooledConnectionThatTheServerRefusesIsReplacedSilently() throws Exception {
        try (DotNetServer server = serverThat("refuse-pooled")) {
            assertTwoSessionsPass(server);
        }
    }

    @Test
    void aResetInTheMiddleOfAReplyFailsTheCall() throws Exception {
        try (DotNetServer server = serverThat("reset-in-reply")) {
            assertCallFails(server, BINDING, Layer.SESSION);
        }
    }

    @Test
    void bytesThatAreNoRecordFailTheCall() throws Exception {
        try (DotNetServer server = serverThat("garbage")) {
            assertCallFails(server, BINDING, Layer.FRAMING);
        }
    }
}
