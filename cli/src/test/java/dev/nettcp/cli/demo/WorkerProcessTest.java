package dev.nettcp.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.cli.CommandFailed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerProcessTest {

    @TempDir
    private Path directory;

    @Test
    void itIsReadyWhenItSaysSoAndEndsWithItsStandardInput() throws InterruptedException {
        WorkerProcess worker = start("echo ready; cat > /dev/null");
        worker.awaitReady();
        ProcessHandle process = ProcessHandle.of(worker.pid()).orElseThrow();
        worker.close();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void whatItSaysInsteadIsWhyItDidNotStart() {
        try (WorkerProcess worker = start("echo 'the address is taken'")) {
            assertThatThrownBy(worker::awaitReady)
                    .isInstanceOf(CommandFailed.class)
                    .hasMessage("the worker for net.tcp://x/ did not start: the address is taken");
        }
    }

    @Test
    void whenItSaysNothingItsLogIsShown() {
        try (WorkerProcess worker = start("echo 'out of memory' >&2")) {
            assertThatThrownBy(worker::awaitReady)
                    .hasMessage("the worker for net.tcp://x/ did not start: it ended; it says:\nout of memory");
        }
    }

    @Test
    void itLearnsWhereTheControlSocketIs() {
        try (WorkerProcess worker = start("echo $NETTCP_SOCKET")) {
            assertThatThrownBy(worker::awaitReady)
                    .hasMessageEndingWith(directory.resolve("control.sock").toString());
        }
    }

    private WorkerProcess start(String script) {
        return WorkerProcess.start(
                List.of("sh", "-c", script),
                "net.tcp://x/",
                directory.resolve("control.sock"),
                directory.resolve("worker.log"));
    }
}
