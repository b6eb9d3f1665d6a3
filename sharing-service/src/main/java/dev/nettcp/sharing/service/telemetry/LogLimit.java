package dev.nettcp.sharing.service.telemetry;

import java.util.OptionalLong;

/**
 * So many lines in a time, and no more: what others can cause as often as they like must not fill the log. Not for several
 * threads.
 */
public final class LogLimit {
    private final int most;
    private final long periodNanos;
    private long begun;
    private int written;
    private long suppressed;

    /**
     * A limit that has written nothing yet.
     *
     * @param most lines in one period
     * @param periodNanos length of a period
     */
    public LogLimit(int most, long periodNanos) {
        this.most = most;
        this.periodNanos = periodNanos;
    }

    /**
     * Whether a line may be written now.
     *
     * @param now in nanoseconds, of a clock that never goes back
     * @return how many lines were left out since the last one that was written; empty if this one is left out too
     */
    public OptionalLong permit(long now) {
        if (written == 0 || now - begun >= periodNanos) {
            begun = now;
            written = 0;
        }
        if (written >= most) {
            suppressed++;
            return OptionalLong.empty();
        }
        written++;
        long before = suppressed;
        suppressed = 0;
        return OptionalLong.of(before);
    }
}
