package dev.nettcp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void aPercentileIsTheSmallestValueThatSoManyDoNotExceed() {
        var durations = new Durations();
        LongStream.rangeClosed(1, 2000).map(i -> 2001 - i).forEach(durations::add);
        assertThat(durations.percentile(50)).isEqualTo(1000);
        assertThat(durations.percentile(99)).isEqualTo(1980);
        assertThat(durations.longest()).isEqualTo(2000);
        assertThat(durations.size()).isEqualTo(2000);
    }

    @Test
    void oneValueIsEveryPercentile() {
        var durations = new Durations();
        durations.add(7);
        assertThat(durations.percentile(1)).isEqualTo(7);
        assertThat(durations.percentile(99)).isEqualTo(7);
    }

    @Test
    void nothingMeasuredIsZero() {
        assertThat(new Durations().percentile(99)).isZero();
    }

    @Test
    void valuesOfSeveralThreadsComeTogether() {
        var one = new Durations();
        var other = new Durations();
        one.add(5);
        other.add(3);
        one.addAll(other);
        assertThat(one.percentile(50)).isEqualTo(3);
        assertThat(one.longest()).isEqualTo(5);
    }
}
