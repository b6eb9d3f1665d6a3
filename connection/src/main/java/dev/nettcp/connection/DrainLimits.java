package dev.nettcp.connection;

import java.time.Duration;

/**
 * How long a refused connection is kept so that the peer can read why it was refused.
 *
 * @param maxBytes what is read and thrown away at most; more is answered with a reset. WCF: 65 536, and 2304 before the via
 * @param timeout how long the peer may take to end its side
 */
public record DrainLimits(long maxBytes, Duration timeout) {

    /** WCF's number of bytes, within a shorter time than WCF's. */
    public static final DrainLimits DEFAULT = new DrainLimits(65_536, Duration.ofSeconds(5));

    public DrainLimits {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must not be negative, but is " + maxBytes);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, not " + timeout);
        }
    }

    public DrainLimits withMaxBytes(long bytes) {
        return new DrainLimits(bytes, timeout);
    }

    public DrainLimits withTimeout(Duration newTimeout) {
        return new DrainLimits(maxBytes, newTimeout);
    }
}
