package dev.nettcp.binding;

/**
 * How much a server does at the same time, over all its endpoints; WCF's ServiceThrottlingBehavior. What is beyond waits, and is not
 * refused: a client of a session too many waits for its acknowledgement until its open timeout.
 *
 * @param maxConcurrentSessions sessions that are open
 * @param maxConcurrentCalls messages that are being handled; a handler that waits for a call of its own in its session does not count
 */
public record ServiceThrottle(int maxConcurrentSessions, int maxConcurrentCalls) {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** WCF's defaults: 100 sessions and 16 calls for each processor. */
    public static final ServiceThrottle DEFAULT = new ServiceThrottle(100 * PROCESSORS, 16 * PROCESSORS);

    /** Refuses what is not positive. */
    public ServiceThrottle {
        Settings.positive(maxConcurrentSessions, "maxConcurrentSessions");
        Settings.positive(maxConcurrentCalls, "maxConcurrentCalls");
    }
}
