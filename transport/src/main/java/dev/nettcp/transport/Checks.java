package dev.nettcp.transport;

import dev.nettcp.framing.FramingMode;
import java.time.Duration;

/** What settings refuse, in one wording. */
final class Checks {

    private Checks() {}

    static void requirePositive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s must be positive, not %s".formatted(name, value));
        }
    }

    static void requirePositive(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(name, value));
        }
    }

    static void requireServed(FramingMode mode) {
        if (!mode.servedOverTcp()) {
            throw new IllegalArgumentException(
                    "mode %s is not served over TCP: DUPLEX (WCF's buffered transfer mode) and SINGLETON_UNSIZED (the streamed ones) are"
                            .formatted(mode));
        }
    }

    static void requireNotNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException("%s must not be negative, but is %d".formatted(name, value));
        }
    }
}
