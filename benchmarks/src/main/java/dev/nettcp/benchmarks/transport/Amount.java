package dev.nettcp.benchmarks.transport;

import java.time.Duration;

/**
 * How much of everything: what is reported, or just enough to see that it works.
 *
 * @param rounds of each comparison, the median of which counts
 * @param turns of each contestant in a round
 * @param turn how long one lasts
 * @param warmUp how long each contestant does the same at least before it counts
 * @param sessions that are held
 * @param streamed bytes of one stream
 * @param messages of one session
 */
record Amount(int rounds, int turns, Duration turn, Duration warmUp, int sessions, long streamed, long messages) {

    static final Amount REPORTED =
            new Amount(5, 4, Duration.ofMillis(250), Duration.ofSeconds(4), 10_000, 1L << 30, 1_000_000);
    static final Amount ROUGH =
            new Amount(2, 3, Duration.ofMillis(250), Duration.ofSeconds(3), 10_000, 1L << 30, 1_000_000);
    static final Amount SMOKE = new Amount(1, 1, Duration.ofMillis(50), Duration.ofMillis(50), 20, 1 << 20, 2_000);

    Amount withRounds(int number) {
        return new Amount(number, turns, turn, warmUp, sessions, streamed, messages);
    }
}
