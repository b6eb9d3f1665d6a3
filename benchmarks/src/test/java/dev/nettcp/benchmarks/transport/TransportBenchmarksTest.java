package dev.nettcp.benchmarks.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.benchmarks.Figure;
import dev.nettcp.benchmarks.Figure.Goal;
import dev.nettcp.benchmarks.transport.Comparison.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every part is measured once with tiny counts, on real processes. What the figures say is not looked at, but for failures. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TransportBenchmarksTest {

    @TempDir
    private Path certificates;

    @Test
    void oneCommandMeasuresWhatItIsToldAndPrintsATable() {
        var out = new ByteArrayOutputStream();
        var progress = new ByteArrayOutputStream();
        int status = new CommandLine(new TransportBenchmarks(
                        new PrintStream(out, true, UTF_8), new PrintStream(progress, true, UTF_8)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute("--smoke", "--only", "session", "--rounds", "1");
        assertThat(status).isZero();
        assertThat(progress.toString(UTF_8).lines()).containsExactly("measuring session ...");
        assertThat(out.toString(UTF_8).lines().toList())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("| figure");
    }

    @Test
    void aPartThatDoesNotExistIsRefused() {
        var errors = new StringWriter();
        int status = new CommandLine(new TransportBenchmarks(System.out, System.err))
                .setErr(new PrintWriter(errors))
                .execute("--only", "teleport");
        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("teleport");
    }

    @Test
    void contestantsInProcessesOfTheirOwnTakeTurns() throws Exception {
        try (Pair ours = new Pair(Contestant.NETTCP, certificates);
                Pair theirs = new Pair(Contestant.SOCKET, certificates)) {
            Outcome outcome = new Comparison()
                    .with("ours", ours, Scene.MANY_SMALL, 1)
                    .with("theirs", theirs, Scene.MANY_SMALL, 1)
                    .run(Amount.SMOKE);
            assertThat(outcome.ratio("ours", "theirs", Result::perSecond)).isPositive();
            assertThatThrownBy(() -> theirs.run("open", 1, 10))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("SocketPeer opens nothing by itself");
        }
    }

    @Test
    void everyIdleSessionIsAnswered() throws IOException {
        List<Figure> figures = new IdleSessions(certificates, Amount.SMOKE).measure();
        assertThat(figures)
                .hasSize(2)
                .last()
                .satisfies(
                        figure -> assertThat(figure.met()).as(figure.toString()).isTrue());
    }

    @Test
    void aStreamIsComparedAndItsHeapLookedAt() throws Exception {
        assertThat(new Streaming(certificates, Amount.SMOKE).measure()).hasSize(2);
    }

    @Test
    void processorTimeIsAddedUpOverTheTurns() {
        Result result = Result.of(new Turn(10, 1_000_000_000, 20_000, 5_000, 9_000), 30_000)
                .plus(Result.of(new Turn(30, 1_000_000_000, 20_000, 7_000, 9_000), 10_000));
        assertThat(result.perSecond()).isEqualTo(20);
        assertThat(result.microsPerCall()).isEqualTo(2);
        assertThat(result.p50Micros()).isEqualTo(6);
        assertThat(Figure.ratio("x", 0.5, "", Goal.atMost(0.5)).met()).isTrue();
    }
}
