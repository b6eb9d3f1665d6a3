package dev.nettcp.sharing.worker;

import dev.nettcp.framing.via.BaseAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the worker's own log that connections do not reach it since this process is at its limit of open descriptors. Whoever is
 * at that limit is so again and again: one line in a while, with the number of those since the last one. On any thread.
 */
final class DescriptorLimitLog {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorLimitLog.class);

    private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final BaseAddress address;
    private final LongSupplier nanoTime;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong nextLine;

    /** @param nanoTime a clock that only goes forward */
    DescriptorLimitLog(BaseAddress address, LongSupplier nanoTime) {
        this.address = address;
        this.nanoTime = nanoTime;
        this.nextLine = new AtomicLong(nanoTime.getAsLong());
    }

    /** The kernel had no descriptor free for a connection that was handed over. */
    void connectionLost() {
        unsaid.incrementAndGet();
        long now = nanoTime.getAsLong();
        long due = nextLine.get();
        if (now - due >= 0 && nextLine.compareAndSet(due, now + BETWEEN_LINES)) {
            LOG.warn(
                    "{} cannot take connections: this process is at its limit of open descriptors, {} offered since the last such line went"
                            + " back to the port sharing service. Raise the limit (ulimit -n, LimitNOFILE=), or find out what is left open",
                    address,
                    unsaid.getAndSet(0));
        }
    }
}
