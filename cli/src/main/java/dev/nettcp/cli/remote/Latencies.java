package dev.nettcp.cli.remote;

import java.time.Duration;

/**
 * How long calls took, in little memory however many there are: counts in buckets, 32 for each power of two of nanoseconds, so that a percentile is
 * right to 3 in 100. Not thread-safe.
 */
final class Latencies {

    private static final int BITS = 5;
    private static final int PER_POWER = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS + 1) * PER_POWER];
    private long count;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long most;

    void add(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        sum += value;
        least = Math.min(least, value);
        most = Math.max(most, value);
    }

    void addAll(Latencies others) {
        for (int k = 0; k < counts.length; k++) {
            counts[k] += others.counts[k];
        }
        count += others.count;
        sum += others.sum;
        least = Math.min(least, others.least);
        most = Math.max(most, others.most);
    }

    long count() {
        return count;
    }

    Duration mean() {
        return Duration.ofNanos(count == 0 ? 0 : sum / count);
    }

    Duration least() {
        return Duration.ofNanos(count == 0 ? 0 : least);
    }

    Duration most() {
        return Duration.ofNanos(most);
    }

    /** What so many of a hundred did not exceed. */
    Duration percentile(double percent) {
        long wanted = (long) Math.ceil(count * percent / 100);
        long seen = 0;
        for (int k = 0; k < counts.length; k++) {
            seen += counts[k];
            if (seen >= wanted && seen > 0) {
                return Duration.ofNanos(Math.max(least, Math.min(most, middle(k))));
            }
        }
        return Duration.ZERO;
    }

    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(value | PER_POWER));
        return shift * PER_POWER + (int) (value >> shift);
    }

    private static long middle(int bucket) {
        if (bucket < 2 * PER_POWER) {
            return bucket;
        }
        int shift = bucket / PER_POWER - 1;
        long first = (long) (bucket - shift * PER_POWER) << shift;
        return first + (1L << shift) / 2;
    }
}
