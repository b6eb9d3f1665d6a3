package dev.nettcp.sharing.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.nettcp.framing.via.BaseAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DescriptorLimitLogTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // a clock may run over
    private final DescriptorLimitLog log = new DescriptorLimitLog(BaseAddress.parse("net.tcp://h:9000/a"), clock::get);

    @Test
    void theFirstConnectionThatIsLostIsSaidAtOnceAndThoseAfterItInOneLine() {
        try (Logged logged = Logged.by(DescriptorLimitLog.class)) {
            log.connectionLost();
            assertThat(logged.lines(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "net.tcp://h:9000/a cannot take connections: this process is at its limit of open descriptors, 1 ");

            for (int i = 0; i < 20; i++) {
                log.connectionLost();
            }
            assertThat(logged.lines(Level.WARN)).hasSize(1);

            clock.addAndGet(Duration.ofSeconds(10).toNanos());
            log.connectionLost();
            assertThat(logged.lines(Level.WARN)).hasSize(2);
            assertThat(logged.lines(Level.WARN).get(1)).contains(", 21 offered");
        }
    }
}
