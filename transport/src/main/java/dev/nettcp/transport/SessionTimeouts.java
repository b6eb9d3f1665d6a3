package dev.nettcp.transport;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How long each step of a session may take; names and defaults of WCF's bindings.
 *
 * @param open client: from connecting to the acknowledgement. Server: from the complete via to the acknowledgement
 * @param close from our End to the peer's
 * @param send how long an envelope may be on its way to the kernel without any progress
 * @param receive server: how long a session may be without any envelope from the client
 */
public record SessionTimeouts(Duration open, Duration close, Duration send, Duration receive) {

    /** Never. */
    public static final Duration INFINITE = ChronoUnit.FOREVER.getDuration();

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    /** One minute each, ten minutes without an envelope. */
    public static final SessionTimeouts DEFAULT = new SessionTimeouts(
            Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(10));

    public SessionTimeouts {
        Checks.requirePositive(open, "openTimeout");
        Checks.requirePositive(close, "closeTimeout");
        Checks.requirePositive(send, "sendTimeout");
        Checks.requirePositive(receive, "receiveTimeout");
    }

    /** Whether a timeout is {@link #INFINITE}, or beyond what a clock of this process can count. */
    public static boolean isInfinite(Duration timeout) {
        return timeout.compareTo(LONGEST) > 0;
    }

    public SessionTimeouts withOpen(Duration timeout) {
        return new SessionTimeouts(timeout, close, send, receive);
    }

    public SessionTimeouts withClose(Duration timeout) {
        return new SessionTimeouts(open, timeout, send, receive);
    }

    public SessionTimeouts withSend(Duration timeout) {
        return new SessionTimeouts(open, close, timeout, receive);
    }

    public SessionTimeouts withReceive(Duration timeout) {
        return new SessionTimeouts(open, close, send, timeout);
    }
}
