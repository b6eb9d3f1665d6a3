package dev.nettcp.benchmarks.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void ratiosAreThoseOfTheSameRoundAndTheMiddleOneCounts() {
        var results = new Results();
        for (double slowness : new double[] {1, 10, 3}) { // of the machine, which is the same for both
            results.add("a", "m", "write", new Cost(100 * slowness, 8));
            results.add("b", "m", "write", new Cost(300 * slowness, 8));
        }
        assertThat(results.ratio("b", "a", "m", "write", Cost::nanoseconds)).isEqualTo(3);
        assertThat(results.median("a", "m", "write", Cost::nanoseconds)).isEqualTo(300);
    }

    @Test
    void whatWasNotMeasuredIsNamed() {
        assertThatThrownBy(() -> new Results().median("a", "m", "write", Cost::nanoseconds))
                .hasMessage("a was not measured with m, write");
    }
}
