package dev.nettcp.binding;

import java.time.Duration;
import java.util.Objects;

/** Checks that the records of settings share. */
final class Settings {
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2; // may be added to a time of the clock

    private Settings() {}

    /** A timeout as clocks count it. What is longer than a century stands for "no limit", as WCF's TimeSpan.MaxValue does. */
    static long nanos(Duration timeout) {
        return timeout.compareTo(Duration.ofNanos(LONGEST_NANOS)) < 0 ? timeout.toNanos() : LONGEST_NANOS;
    }

    static int positive(int value, String setting) {
        if (value <= 0) {
            throw new InvalidBindingException(setting, value + " is not allowed, it must be positive");
        }
        return value;
    }

    static long positive(long value, String setting) {
        if (value <= 0) {
            throw new InvalidBindingException(setting, value + " is not allowed, it must be positive");
        }
        return value;
    }

    static Duration positive(Duration value, String setting) {
        if (Objects.requireNonNull(value, setting).isNegative() || value.isZero()) {
            throw new InvalidBindingException(setting, value + " is not allowed, it must be longer than zero");
        }
        return value;
    }
}
