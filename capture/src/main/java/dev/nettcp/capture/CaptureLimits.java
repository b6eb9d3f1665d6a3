package dev.nettcp.capture;

/**
 * How much memory a file may cost, whatever it claims.
 *
 * @param maxEnvelopeBytes largest message that is collected and decoded; of a larger one only the size is told
 * @param maxConnections connections that are followed at the same time; the one that was silent for longest gives way
 * @param maxWaitingBytes bytes of one direction that may wait for a segment before them; then that segment counts as lost
 * @param maxBufferedBytes bytes that all connections together may hold; a connection that needs more is read no further
 */
public record CaptureLimits(int maxEnvelopeBytes, int maxConnections, int maxWaitingBytes, long maxBufferedBytes) {
    /** Enough for a busy server, and for a small machine. */
    public static final CaptureLimits DEFAULT = new CaptureLimits(16 << 20, 4096, 1 << 20, 128L << 20);

    public CaptureLimits {
        requirePositive(maxEnvelopeBytes, "maxEnvelopeBytes");
        requirePositive(maxConnections, "maxConnections");
        requirePositive(maxWaitingBytes, "maxWaitingBytes");
        requirePositive(maxBufferedBytes, "maxBufferedBytes");
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(name, value));
        }
    }
}
