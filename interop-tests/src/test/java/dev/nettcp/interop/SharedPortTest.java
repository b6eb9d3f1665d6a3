package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.examples.Calculator;
import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Vectors;
import dev.nettcp.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases that need service, worker and session together: the service hands over, and what the worker then does is seen. */
class SharedPortTest {

    private final int port = FreePort.next();

    @TempDir
    private Path directory;

    private PortSharingService service;
    private NetTcpServer server;

    @BeforeEach
    void open() throws Exception {
        service = PortSharingService.launch(
                ServiceConfig.defaults().withControlSocket(directory.resolve("control.sock")));
        server = worker(NetTcpBinding.builder());
    }

    private NetTcpServer worker(NetTcpBinding.Builder settings) throws Exception {
        NetTcpBinding binding =
                settings.security(SecurityMode.NONE).portSharingEnabled(true).build();
        return NetTcpServer.builder(binding)
                .endpoint("net.tcp://localhost:%d/calc".formatted(port), FramingErrorsContract.handler())
                .endpoint("net.tcp://localhost:%d/calculator".formatted(port), Calculator.service())
                .controlSocket(directory.resolve("control.sock"))
                .open();
    }

    @AfterEach
    void close() {
        server.close();
        service.close();
    }

    private ScriptedPeer connect() {
        return ScriptedPeer.connect("localhost", port);
    }

    /** The golden conversation's bytes of one side up to a step. */
    private static String bytes(String conversation, String from, int count) {
        Row row = Vectors.rows("framing-conversations", each -> each.id().equals(conversation))
                .get(0);
        List<String> all = row.rows("steps").stream()
                .filter(step -> step.optionalText("from").equals(Optional.of(from)))
                .map(step -> step.text("hex"))
                .toList();
        return String.join("", all.subList(0, count));
    }

    /** A session without messages, after which the connection waits for the next preamble. */
    private static void emptySession(ScriptedPeer client) {
        client.sends(bytes("conv-01", "client", 1));
        client.expects("0b");
        client.sends("07");
        client.expects("07");
    }

    @Test
    void case023_anAddressIsRegisteredAsItWasGiven() {
        assertThat(service.routes().registrations().stream()
                        .map(registration -> registration.address().toString()))
                .containsExactlyInAnyOrder(
                        "net.tcp://localhost:%d/calc".formatted(port),
                        "net.tcp://localhost:%d/calculator".formatted(port));
    }

    @Test
    void case089_101_theFirstConnectionIsTakenWithoutAQuestion() {
        try (ScriptedPeer client = connect()) {
            emptySession(client);

            assertThat(service.count(Counter.VALIDATIONS)).isZero();
        }
    }

    @Test
    void case100_aConnectionIsKeptForTheSameWorkerWhileTheServiceIsAway() {
        try (ScriptedPeer client = connect()) {
            emptySession(client);
            service.close();

            emptySession(client);
        }
    }

    @Test
    void case054_142_aStreamedPreambleIsHandedOverAndRefusedByABufferedWorker() {
        Row streamed = Vectors.rows("framing-errors", row -> row.id().equals("frame-err-09"))
                .get(0);
        try (ScriptedPeer client = connect()) {
            client.sends(streamed.bytes());
            client.expects(FramingErrorsContract.fault("UnsupportedMode"));
            client.expectsEnd();
        }
    }

    @Test
    void case055_preambleAndFirstEnvelopeInOnePacketReachTheWorkerTogether() {
        try (ScriptedPeer client = connect()) {
            client.sends(bytes("conv-16", "client", 1));
            client.expects("0b");
            FramingErrorsContract.readSizedEnvelope(client);
            client.sends("07");
            client.expects("07");
        }
    }

    @Test
    void case085_theClientSeesAtOnceThatTheWorkerCloses() throws Exception {
        try (ScriptedPeer client = connect()) {
            client.sends(bytes("conv-01", "client", 1));
            client.expects("0b");
            Waiting.until("the session is there", () -> !server.sessions().isEmpty());
            for (MessageSession session : server.sessions()) {
                session.abort();
            }
            client.expectsReset();
        }
    }

    @Test
    void case088_theTimeLimitsOfTheWorkerBeginWhenItTakesTheConnection() throws Exception {
        Duration limit = Duration.ofSeconds(5);
        server.close();
        server = worker(NetTcpBinding.builder().openTimeout(limit).channelInitializationTimeout(limit));
        String preamble = bytes("conv-01", "client", 1);
        String beforeTheEncoding = preamble.substring(0, preamble.length() - 6);
        try (ScriptedPeer dawdler = connect();
                ScriptedPeer client = connect()) {
            dawdler.sends(beforeTheEncoding, "03 08");
            client.sends(beforeTheEncoding);
            dawdler.expectsReset(); // more than the limit has passed since the worker took it, and since the client
            // connected

            client.sends("03 08");
            Waiting.until("the worker has it", () -> service.count(Counter.CONNECTIONS_DISPATCHED) == 2);
            client.sends("0c");
            client.expects("0b");
        }
    }

    @Test
    void case104_sessionsGoOnWhenTheServiceStops() throws Exception {
        NetTcpBinding binding =
                NetTcpBinding.builder().security(SecurityMode.NONE).build();
        String address = "net.tcp://localhost:%d/calculator".formatted(port);
        try (NetTcpClient client = NetTcpClient.to(address, binding)) {
            MessageSession session = client.open();
            service.close();

            assertThat(Calculator.result(session.request(Calculator.request("Add", 1, 2))))
                    .isEqualTo(3);
            assertThat(FreePort.isFree(port)).as("the port is closed").isTrue();
        }
    }

    @Test
    void case144_anEnvelopeOverTheLimitIsAnsweredByTheWorker() {
        try (ScriptedPeer client = connect()) {
            client.sends(bytes("conv-15", "client", 2));
            client.expects("0b");
            client.expects(FramingErrorsContract.fault("MaxMessageSizeExceededFault"));
            client.expectsEnd();
        }
    }
}
