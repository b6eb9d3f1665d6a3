package dev.nettcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.examples.Calculator;
import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.admin.Explanation;
import dev.nettcp.sharing.service.admin.Route;
import dev.nettcp.sharing.service.config.ServiceConfig;
import dev.nettcp.sharing.unix.ControlConnectException;
import dev.nettcp.testkit.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator asks a running service, and how the answers read. */
class OperatorCommandsTest {

    @TempDir
    private Path directory;

    private Path socket;
    private PortSharingService service;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void aService() throws Exception {
        Path own = Files.createDirectory(
                directory.resolve("own"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        socket = own.resolve("control.sock");
        service = PortSharingService.launch(ServiceConfig.defaults().withControlSocket(socket));
    }

    @AfterEach
    void stopIt() {
        service.close();
    }

    @Test
    void withoutWorkersTheListIsEmptyAndSaysSo() {
        assertThat(nettcp("routes", "--socket", socket.toString())).isZero();
        assertThat(out).asString().isEqualTo("No worker has registered an address.\n");
    }

    @Test
    void forProgramsAnEmptyListIsAnEmptyArray() {
        assertThat(nettcp("routes", "--json", "--socket", socket.toString())).isZero();
        assertThat(out).asString().isEqualTo("[]\n");
    }

    @Test
    void aViaWithoutRouteIsExplainedModeByModeAndIsNoSuccess() {
        assertThat(nettcp("explain", "net.tcp://localhost:9000/x", "--socket", socket.toString()))
                .isEqualTo(1);
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("net.tcp://localhost:9000/x, arriving at 127.0.0.1:9000"),
                        line -> assertThat(line).startsWith("  1. StrongWildcard"),
                        line -> assertThat(line).startsWith("  2. Exact"),
                        line -> assertThat(line).startsWith("  3. WeakWildcard"),
                        line -> assertThat(line)
                                .startsWith("The connection is answered with the fault EndpointNotFound"));
        assertThat(err).asString().isEmpty();
    }

    @Test
    void whatAWorkerHasRegisteredIsListedAndExplained() throws Exception {
        int port = FreePort.next();
        String address = "net.tcp://localhost:%d/calculator".formatted(port);
        NetTcpBinding binding = NetTcpBinding.builder()
                .security(SecurityMode.NONE)
                .portSharingEnabled(true)
                .build();
        try (NetTcpServer worker = NetTcpServer.builder(binding)
                .endpoint(address, Calculator.service())
                .controlSocket(socket)
                .open()) {
            assertThat(nettcp("routes", "--socket", socket.toString())).isZero();
            assertThat(out.toString().lines().skip(1))
                    .singleElement()
                    .asString()
                    .startsWith(worker.address() + "  StrongWildcard  "
                            + ProcessHandle.current().pid());

            assertThat(nettcp(
                            "explain",
                            "net.tcp://elsewhere:%d/Calculator/x".formatted(port),
                            "--socket",
                            socket.toString()))
                    .isZero();
            assertThat(out).asString().contains("The connection goes to " + address + " (StrongWildcard)");
        }
    }

    @Test
    void whatIsNoViaIsWrongUseAndNeedsNoService() {
        assertThat(nettcp("explain", "localhost", "--socket", "/nowhere")).isEqualTo(2);
        assertThat(err).asString().startsWith("nettcp explain: ").endsWith("Try 'nettcp explain --help'.\n");
    }

    @Test
    void aViaOfAnotherSchemeIsWrongUse() {
        assertThat(nettcp("explain", "http://localhost/x", "--socket", "/nowhere"))
                .isEqualTo(2);
        assertThat(err).asString().startsWith("nettcp explain: http://localhost/x: the scheme is http, not net.tcp\n");
    }

    @Test
    void whatIsNoNumberIsWrongUse() {
        assertThat(nettcp("demo", "--port", "abc")).isEqualTo(2);
        assertThat(err).asString().contains("'--port'").contains("'abc' is not a whole number");
    }

    @Test
    void whatIsNoAddressIsWrongUse() {
        assertThat(nettcp("explain", "net.tcp://a/", "--from", "elsewhere", "--socket", socket.toString()))
                .isEqualTo(2);
        assertThat(err).asString().contains("'elsewhere' is no IP address");
    }

    @Test
    void aServiceThatIsNotThereIsOneSentenceWithTheRemedy() {
        assertThat(nettcp("routes", "--socket", "/nowhere/control.sock")).isEqualTo(1);
        assertThat(err)
                .asString()
                .isEqualTo("nettcp routes: there is no control socket at /nowhere/control.sock; "
                        + "start the service with 'nettcp serve', or name its control socket with --socket\n");
    }

    @Test
    void aServiceOfAnUnknownUserIsAnsweredWithTheWaysToAskIt() {
        assertThat(ControlSocketOption.remedy(ControlConnectException.Reason.UNTRUSTED_PEER))
                .contains("ask as root", "NETTCP_SERVICE_UID");
    }

    @Test
    void anEmptyPathIsWrongUse() {
        for (String command : List.of("routes", "serve")) {
            assertThat(nettcp(command, "--socket", "")).isEqualTo(2);
        }
        assertThat(err).asString().contains("nettcp routes: --socket: the path of a socket file is expected");
    }

    @Test
    void aSecondServiceAtTheSameSocketIsOneSentence() {
        assertThat(nettcp("serve", "--socket", socket.toString())).isEqualTo(1);
        assertThat(err).asString().startsWith("nettcp serve: Another port sharing service has the control socket");
    }

    @Test
    void everyMistakeInAConfigurationIsNamedByFileAndLine() throws Exception {
        Path file = Files.writeString(directory.resolve("service.yaml"), "listenBacklg: 3\nparity: odd\n");
        assertThat(nettcp("serve", "--config", file.toString())).isEqualTo(1);
        assertThat(err)
                .asString()
                .startsWith("nettcp serve: " + file + ":1: listenBacklg: unknown key; did you mean 'listenBacklog'?\n"
                        + file + ":2: parity: ");
    }

    @Test
    void routesAreATableOrAnArray() {
        var route = new Route("net.tcp://localhost:9000/calculator/1", "StrongWildcard", 4711, "1000", 0, 1, 2);
        assertThat(RoutesCommand.lines(List.of(route)))
                .containsExactly(
                        "address                                mode             pid  user  waiting  offered  lanes",
                        "net.tcp://localhost:9000/calculator/1  StrongWildcard  4711  1000        0        1      2");
        assertThat(RoutesCommand.json(List.of(route)))
                .isEqualTo("[{\"address\": \"net.tcp://localhost:9000/calculator/1\", \"mode\": \"StrongWildcard\", "
                        + "\"pid\": 4711, \"user\": \"1000\", \"waiting\": 0, \"offered\": 1, \"lanes\": 2}]");
    }

    @Test
    void anExplanationEndsWithTheVerdict() {
        var explanation = new Explanation("net.tcp://a/b", "10.0.0.1:808", List.of("because"), true, "goes to b");
        assertThat(ExplainCommand.lines(explanation))
                .containsExactly(
                        "net.tcp://a/b, arriving at 10.0.0.1:808", "  1. because", "The connection goes to b.");
        assertThat(ExplainCommand.json(explanation))
                .isEqualTo("{\"via\": \"net.tcp://a/b\", \"arrivesAt\": \"10.0.0.1:808\", \"reasons\": [\"because\"], "
                        + "\"routed\": true, \"verdict\": \"goes to b\"}");
    }

    private int nettcp(String... arguments) {
        var command = Nettcp.commandLine(Map.of());
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
