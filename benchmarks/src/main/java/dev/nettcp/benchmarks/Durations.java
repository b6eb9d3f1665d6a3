package dev.nettcp.benchmarks;

import java.util.Arrays;

/** Durations in nanoseconds, every one kept: a percentile is one of the values that were measured. One thread at a time. */
public final class Durations {

    private long[] values = new long[1024];
    private int size;

    /** Keeps one more. */
    public void add(long nanos) {
        if (size == values.length) values = Arrays.copyOf(values, size * 2);
        values[size++] = nanos;
    }

    /** Keeps all of them, too. */
    public void addAll(Durations others) {
        for (int i = 0; i < others.size; i++) add(others.values[i]);
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The smallest value that at least {@code percent} of all values do not exceed; 0 when nothing was measured. */
    public long percentile(double percent) {
        if (size == 0) return 0;
        Arrays.sort(values, 0, size);
        int rank = (int) Math.ceil(percent / 100 * size);
        return values[Math.max(rank, 1) - 1];
    }

    /** The longest one; 0 when nothing was measured. */
    public long longest() {
        return percentile(100);
    }
}
