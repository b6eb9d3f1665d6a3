package dev.nettcp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.benchmarks.Figure.Goal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void aRatioIsComparedAsItIsPrinted() {
        assertThat(Figure.ratio("x", 0.968, "", Goal.atLeast(0.97)).met()).isTrue();
        assertThat(Figure.ratio("x", 0.964, "", Goal.atLeast(0.97)).met()).isFalse();
        assertThat(Figure.ratio("x", 1.104, "", Goal.atMost(1.1)).met()).isTrue();
        assertThat(Figure.ratio("x", 1.106, "", Goal.atMost(1.1)).met()).isFalse();
    }

    @Test
    void theTableIsMarkdownWithAlignedColumns() {
        String table = Figure.table(List.of(
                Figure.ratio("rate", 0.99, "99 / 100", Goal.atLeast(0.97)),
                new Figure("calls failed", "3", "of 100", "0", false)));
        assertThat(table).isEqualTo("""
                | figure       | measured | from     | goal   |        |
                |--------------|----------|----------|--------|--------|
                | rate         | 0.99     | 99 / 100 | ≥ 0.97 | met    |
                | calls failed | 3        | of 100   | 0      | MISSED |
                """);
    }
}
