package dev.nettcp.sharing.worker;

import java.time.Duration;

/**
 * How long to wait after so many failures in a row: nothing after none, then {@code first}, doubling up to {@code ceiling}.
 * A service that comes back is found within the ceiling.
 *
 * @param first after the first failure; more than zero
 * @param ceiling the longest wait; at least {@code first}
 */
public record Backoff(Duration first, Duration ceiling) {
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(20), Duration.ofMillis(500));

    public Backoff {
        if (first.isZero() || first.isNegative() || ceiling.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "first=%s, ceiling=%s; 0 < first <= ceiling is allowed".formatted(first, ceiling));
        }
    }

    Duration after(int failures) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - 1, 20);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(ceiling) < 0 ? wait : ceiling;
    }
}
