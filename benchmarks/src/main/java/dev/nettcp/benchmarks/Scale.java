package dev.nettcp.benchmarks;

import java.time.Duration;

/** How much of everything: what is reported, or just enough to see that it works. */
record Scale(int rounds, Duration round, int handovers, int restarts, Duration between) {

    static final Scale REPORTED = new Scale(7, Duration.ofSeconds(2), 50_000, 100, Duration.ofMillis(500));
    static final Scale SMOKE = new Scale(2, Duration.ofMillis(100), 200, 2, Duration.ofMillis(50));
}
