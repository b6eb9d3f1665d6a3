package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a worker's listener behind a shared port, and what becomes of connections when the worker goes before it takes them. */
class SharedPortLimitsTest {
    /** Settings of a binding that let one connection at a time be without a session. */
    private static final NetTcpBinding ONE_AT_A_TIME =
            binding().maxPendingConnections(1).build();

    private final int port = FreePort.next();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @TempDir
    private Path directory;

    private PortSharingService service;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private void launch(String configuration) throws Exception {
        service = PortSharingService.launch(
                ServiceConfig.parse("test", configuration).withControlSocket(directory.resolve("control.sock")));
        opened.push(service);
    }

    private static NetTcpBinding.Builder binding() {
        return NetTcpBinding.builder().security(SecurityMode.NONE).portSharingEnabled(true);
    }

    private NetTcpServer worker(String path, NetTcpBinding binding) throws IOException {
        NetTcpServer worker = NetTcpServer.builder(binding)
                .endpoint("net.tcp://localhost:%d%s".formatted(port, path), FramingErrorsContract.handler())
                .controlSocket(directory.resolve("control.sock"))
                .open();
        opened.push(worker);
        return worker;
    }

    private ScriptedPeer client() {
        ScriptedPeer client = ScriptedPeer.connect("localhost", port);
        opened.push(client);
        return client;
    }

    /** A client whose preamble the service can route; the worker waits for its end. */
    private ScriptedPeer clientWithoutPreambleEnd(String path) {
        byte[] via = "net.tcp://localhost:%d%s".formatted(port, path).getBytes(StandardCharsets.US_ASCII);
        ScriptedPeer client = client();
        client.sends("00 01 00 01 02 02 %02x".formatted(via.length), Hex.of(via), "03 08");
        return client;
    }

    private void awaitTaken(int connections) {
        Waiting.until(
                connections + " connections to be taken",
                () -> service.count(Counter.CONNECTIONS_DISPATCHED) == connections);
    }

    private void awaitOffered(int connections) {
        Waiting.until(
                connections + " connections to be offered",
                () -> service.queues().offered() == connections);
    }

    @Test
    void case128_theServicesListenBacklogCountsAndNotTheBindings() throws Exception {
        launch("{listenBacklog: 50, maxPendingConnections: 1}");
        worker("/a", binding().listenBacklog(1).build());
        client(); // silent: nobody behind it is accepted
        Waiting.until("the first to be accepted", () -> service.count(Counter.CONNECTIONS_ACCEPTED) == 1);

        List<ScriptedPeer> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(client()); // the kernel would let the third wait for its connection if it had room for one
        }

        assertThat(waiting).hasSize(20);
        assertThat(service.count(Counter.CONNECTIONS_ACCEPTED)).isEqualTo(1);
    }

    @Test
    void case128_maxPendingConnectionsOfTheBindingIsHowManyTheWorkerTakesBeforeTheirSessionsBegin() throws Exception {
        launch("");
        worker("/a", binding().maxPendingConnections(2).build());
        ScriptedPeer first = clientWithoutPreambleEnd("/a");
        awaitTaken(1);
        clientWithoutPreambleEnd("/a");
        awaitTaken(2);
        ScriptedPeer third = clientWithoutPreambleEnd("/a");
        third.sends("0c");
        awaitOffered(1);
        assertThat(service.count(Counter.CONNECTIONS_DISPATCHED)).isEqualTo(2);

        first.sends("0c");

        first.expects("0b");
        third.expects("0b");
    }

    @Test
    void case128_maxPendingAcceptsOfTheBindingIsHowManyConnectionsAreOfferedToTheWorkerAtATime() throws Exception {
        launch("");
        worker("/a", binding().maxPendingConnections(1).maxPendingAccepts(2).build());
        clientWithoutPreambleEnd("/a");
        awaitTaken(1);
        for (int i = 0; i < 5; i++) {
            clientWithoutPreambleEnd("/a");
        }

        Waiting.until("all five to wait", () -> service.queues().connections() == 5);
        assertThat(service.queues().offered()).isEqualTo(2);
        assertThat(service.queues().lanes()).isEqualTo(2);
    }

    @Test
    void case128_channelInitializationTimeoutOfTheBindingIsOverWhenTheWorkerTakesAConnectionAndOpenTimeoutFollows()
            throws Exception {
        launch("");
        worker("/a", binding().channelInitializationTimeout(Duration.ofNanos(1)).build());
        worker(
                "/b",
                binding()
                        .channelInitializationTimeout(Duration.ofHours(1))
                        .openTimeout(Duration.ofSeconds(1))
                        .build());
        ScriptedPeer unhurried = clientWithoutPreambleEnd("/a");
        ScriptedPeer late = clientWithoutPreambleEnd("/b");

        late.expectsReset();
        unhurried.sends("0c");
        unhurried.expects("0b");
    }

    @Test
    void case090_whatIsOfferedToAWorkerThatClosesIsAnsweredWithAFault() throws Exception {
        launch("");
        worker("/other", binding().build()); // keeps the port open
        NetTcpServer closing = worker("/a", ONE_AT_A_TIME);
        clientWithoutPreambleEnd("/a");
        awaitTaken(1);
        ScriptedPeer offered = clientWithoutPreambleEnd("/a");
        awaitOffered(1);

        closing.close();

        offered.expects(FramingErrorsContract.fault("ConnectionDispatchFailed"));
        offered.expectsEnd();
    }

    @Test
    void case090_whatIsOfferedToAWorkerThatClosesGoesToTheNextWhoServesItsAddress() throws Exception {
        launch("");
        worker("/a", binding().build());
        NetTcpServer closing = worker("/a/b", ONE_AT_A_TIME);
        clientWithoutPreambleEnd("/a/b");
        awaitTaken(1);
        List<ScriptedPeer> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ScriptedPeer client = clientWithoutPreambleEnd("/a/b");
            client.sends("0c");
            waiting.add(client);
        }
        Waiting.until("all ten to wait or to be offered", () -> service.queues().connections() == 10);

        closing.close();

        for (ScriptedPeer client : waiting) {
            client.expects("0b");
        }
        awaitTaken(11);
    }
}
