package dev.nettcp.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void percentilesAreRightToThreeInAHundred() {
        for (int micros = 1; micros <= 10_000; micros++) {
            latencies.add(micros * 1000L);
        }
        for (double percent : new double[] {1, 10, 50, 90, 99, 99.9}) {
            double exact = percent * 100_000;
            assertThat((double) latencies.percentile(percent).toNanos()).isBetween(exact * 0.97, exact * 1.03);
        }
        assertThat(latencies.least()).isEqualTo(Duration.ofNanos(1000));
        assertThat(latencies.most()).isEqualTo(Duration.ofMillis(10));
        assertThat(latencies.percentile(100)).isEqualTo(Duration.ofMillis(10));
        assertThat(latencies.mean()).isEqualTo(Duration.ofNanos(5_000_500));
        assertThat(latencies.count()).isEqualTo(10_000);
    }

    @Test
    void theExtremesHaveTheirBuckets() {
        latencies.add(0);
        latencies.add(Long.MAX_VALUE);
        latencies.add(-5);
        assertThat(latencies.percentile(50)).isZero();
        assertThat(latencies.percentile(100).toNanos()).isGreaterThan(Long.MAX_VALUE / 100 * 97);
    }

    @Test
    void nothingHasBeenSeenYet() {
        assertThat(latencies.percentile(50)).isZero();
        assertThat(latencies.mean()).isZero();
        assertThat(latencies.least()).isZero();
    }

    @Test
    void whatOthersHaveSeenIsAdded() {
        Latencies other = new Latencies();
        other.add(10);
        latencies.add(20);
        latencies.addAll(other);
        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.least()).isEqualTo(Duration.ofNanos(10));
        assertThat(latencies.most()).isEqualTo(Duration.ofNanos(20));
    }
}
