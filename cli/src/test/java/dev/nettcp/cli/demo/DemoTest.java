package dev.nettcp.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.cli.Main;
import dev.nettcp.examples.CalculatorClient;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.FreePort;
import dev.nettcp.testkit.JavaProcess;
import dev.nettcp.testkit.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nettcp demo} as a person runs it: as a process, with real workers, ended in every way. */
class DemoTest {

    private static final Duration LONGEST = Duration.ofSeconds(50);
    private static final Pattern ROW =
            Pattern.compile(" *(\\d+)  (net\\.tcp://\\S+/calculator/[12])  (\\w+\\(.*\\)) +(\\S+) +\\S+ ms");

    /** For the demo's temporary directory: what is left of it is seen here. */
    @TempDir
    private Path temporary;

    private final int port = FreePort.next();

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private ChildProcess demo;

    @AfterEach
    void endIt() {
        if (demo != null) demo.close();
    }

    @Test
    void onceItPrintsWhoAnsweredAndEndsWithNothingLeft() throws Exception {
        demo = start("--once");
        assertThat(demo.awaitExit(LONGEST)).as(demo.describe()).isZero();

        List<Matcher> rows = demo.output().stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
        assertThat(rows.stream().map(row -> row.group(3) + " = " + row.group(4)))
                .containsExactly(
                        "Add(9,2) = 11",
                        "Subtract(9,2) = 7",
                        "Multiply(9,2) = 18",
                        "Divide(9,2) = 4.5",
                        "Divide(9,0) = infinity",
                        "Add(8,4) = 12",
                        "Subtract(8,4) = 4",
                        "Multiply(8,4) = 32",
                        "Divide(8,4) = 2",
                        "Divide(8,0) = infinity");
        assertThat(rows.stream().map(row -> row.group(1) + " " + row.group(2)).distinct())
                .hasSize(2);
        assertThat(rows.stream().map(row -> row.group(1)).distinct()).hasSize(2);
        assertThat(demo.output()).last().isEqualTo("demo: 10 calls, 10 answered, 2 workers, 1 port");
        assertThat(demo.errors()).isEmpty();
        assertNothingIsLeft(workersIn(rows));
    }

    @Test
    void otherwiseItStaysForOtherClientsUntilCtrlC() throws Exception {
        demo = start();
        List<ProcessHandle> workers = awaitStay();
        NetTcpBinding binding =
                NetTcpBinding.builder().security(SecurityMode.NONE).build();
        try (var client = new CalculatorClient("net.tcp://localhost:%d/calculator/2".formatted(port), binding)) {
            assertThat(client.add(100, 15.99)).isEqualTo(115.99);
        }

        demo.signal("INT");

        assertThat(demo.awaitExit(LONGEST)).as(demo.describe()).isZero();
        assertThat(demo.output()).last().isEqualTo("demo: 10 calls, 10 answered, 2 workers, 1 port");
        assertThat(demo.errors()).isEmpty();
        assertNothingIsLeft(workers);
    }

    @Test
    void aDemoThatIsKilledLeavesNoProcessAndNoOpenPort() {
        demo = start();
        List<ProcessHandle> workers = awaitStay();
        demo.kill();
        assertNoProcessIsLeft(workers);
    }

    @Test
    void whatAKilledDemoLeftInTheTemporaryDirectoryIsRemovedByTheNext() throws Exception {
        demo = start();
        List<ProcessHandle> workers = awaitStay();
        demo.kill();
        assertNoProcessIsLeft(workers);

        demo = start("--once");
        assertThat(demo.awaitExit(LONGEST)).as(demo.describe()).isZero();
        assertNothingIsLeft(List.of());
    }

    @Test
    void aDemoThatIsKilledWhileItsWorkersStartLeavesNoneOfThem() {
        demo = start();
        List<ProcessHandle> workers = Waiting.value("both workers are started", LONGEST, () -> {
            List<ProcessHandle> children = children();
            return children.size() == 2 ? Optional.of(children) : Optional.empty();
        });
        demo.kill();
        assertNoProcessIsLeft(workers);
    }

    @Test
    void aBusyPortIsOneSentenceThatNamesItsHolder() throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            demo = start("--once");
            assertThat(demo.awaitExit(LONGEST)).isEqualTo(1);
            assertThat(socket.isClosed()).isFalse();
        }
        assertThat(demo.errors())
                .containsExactly(
                        "nettcp demo: port %d is held by process %d (java); stop it, or choose another port with --port"
                                .formatted(port, ProcessHandle.current().pid()));
        assertThat(demo.output()).isEmpty();
    }

    private ChildProcess start(String... arguments) {
        return JavaProcess.of(Main.class)
                .jvmOptions("-Djava.io.tmpdir=" + temporary)
                .args("demo", "--port", port)
                .args((Object[]) arguments)
                .start();
    }

    private List<ProcessHandle> awaitStay() {
        demo.awaitLine(LONGEST, line -> line.startsWith("Ctrl-C ends everything"));
        List<ProcessHandle> workers = children();
        assertThat(workers).hasSize(2);
        return workers;
    }

    private List<ProcessHandle> children() {
        return ProcessHandle.of(demo.pid()).stream()
                .flatMap(ProcessHandle::children)
                .toList();
    }

    private static List<ProcessHandle> workersIn(List<Matcher> rows) {
        return rows.stream()
                .map(row -> ProcessHandle.of(Long.parseLong(row.group(1))))
                .flatMap(Optional::stream)
                .toList();
    }

    private void assertNothingIsLeft(List<ProcessHandle> workers) throws IOException {
        assertNoProcessIsLeft(workers);
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("nettcp-")))
                    .isEmpty();
        }
    }

    private void assertNoProcessIsLeft(List<ProcessHandle> workers) {
        for (ProcessHandle worker : workers)
            Waiting.until("worker %d is gone".formatted(worker.pid()), () -> !worker.isAlive());
        Waiting.until("port %d is free".formatted(port), () -> FreePort.isFree(port));
    }
}
