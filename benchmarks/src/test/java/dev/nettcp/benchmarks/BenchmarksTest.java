package dev.nettcp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.benchmarks.CallLoad.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every figure is measured once with tiny counts, on real processes. What the figures say is not looked at, but for failures. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BenchmarksTest {

    @TempDir
    private Path directory;

    private TestBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new TestBed(directory);
    }

    @AfterEach
    void stop() throws Exception {
        bed.close();
    }

    @Test
    void theSessionIsComparedByRateAndPercentile() throws Exception {
        List<Figure> figures =
                new EstablishedSession(bed.session(bed.shared()), bed.session(bed.own()), Scale.SMOKE).measure();
        assertThat(figures)
                .hasSize(2)
                .allSatisfy(figure -> assertThat(figure.name()).startsWith("established session"));
    }

    @Test
    void connectionsAreOpenedThroughTheServiceStraightAndThroughHaProxyWhereItIs() throws Exception {
        List<Figure> figures = new Handovers(bed.shared(), bed.own(), bed.proxied(), Scale.SMOKE).measure();
        assertThat(figures).hasSize(bed.proxied().isPresent() ? 4 : 2);
        assertThat(Figure.table(figures)).contains("opened through the service / straight to the worker, 32 at once");
    }

    @Test
    void handoversLeaveNoDescriptorBehind() throws Exception {
        List<Figure> figures = new Leftovers(bed.service(), bed.shared(), Scale.SMOKE).measure();
        assertThat(figures)
                .hasSize(2)
                .first()
                .satisfies(
                        figure -> assertThat(figure.met()).as(figure.toString()).isTrue());
    }

    @Test
    void restartsFailNoCallOfAnEstablishedSession() throws Exception {
        Call session = bed.session(bed.shared());
        List<Figure> figures = new Restarts(
                        bed.service(),
                        List.of(bed.shared(), bed.startNeighbour("neighbour")),
                        List.of(session),
                        Scale.SMOKE)
                .measure();
        assertThat(figures).hasSize(4);
        assertThat(figures.get(0).met()).as(figures.get(0).toString()).isTrue();
        assertThat(figures.get(2).met()).as(figures.get(2).toString()).isTrue();
    }
}
