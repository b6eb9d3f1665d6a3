package dev.nettcp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallLoadTest {

    @Test
    void countsAnswersAndFailuresAndKeepsTheFirstReason() throws Exception {
        var made = new AtomicInteger();
        var enough = new CountDownLatch(1);
        var load = new CallLoad(
                () -> {
                    int number = made.incrementAndGet();
                    if (number == 6) enough.countDown();
                    if (number % 3 == 2) throw new IOException("call " + number);
                },
                Duration.ofMillis(1));
        load.start();
        enough.await();
        load.stop();
        assertThat(load.answered() + load.failed()).isEqualTo(made.get());
        assertThat(load.failed()).isEqualTo((made.get() + 1) / 3);
        assertThat(load.firstFailure()).isEqualTo("java.io.IOException: call 2");
        assertThat(load.longestGap()).isPositive();
    }
}
