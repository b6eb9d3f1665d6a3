package dev.nettcp.benchmarks;

import java.time.Duration;

/**
 * How much of everything: what is reported, or just enough to see that it works.
 *
 * @param rounds of each comparison
 * @param turns of each contestant in a round
 * @param turn how long one lasts
 * @param handovers after which the service is asked what it still holds
 * @param restarts of the service
 * @param between how long it runs before the next restart
 */
record Scale(int rounds, int turns, Duration turn, int handovers, int restarts, Duration between) {

    static final Scale REPORTED = new Scale(7, 10, Duration.ofMillis(200), 50_000, 100, Duration.ofMillis(500));
    static final Scale SMOKE = new Scale(2, 1, Duration.ofMillis(100), 200, 2, Duration.ofMillis(50));

    /** How long each contestant runs before anything counts, so that the JITs are done. */
    Duration warmUp() {
        return turn.multipliedBy(turns * 2L);
    }
}
