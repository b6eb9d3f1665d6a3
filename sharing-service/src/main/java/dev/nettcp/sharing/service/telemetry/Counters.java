package dev.nettcp.sharing.service.telemetry;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one service. Any thread may count and read. */
public final class Counters {
    private final Map<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

    public Counters() {
        for (Counter counter : Counter.values()) {
            counts.put(counter, new LongAdder());
        }
    }

    public void count(Counter counter) {
        adder(counter).increment();
    }

    public long value(Counter counter) {
        return adder(counter).sum();
    }

    private LongAdder adder(Counter counter) {
        LongAdder adder = counts.get(counter);
        if (adder == null) {
            throw new IllegalStateException("every counter has its place: " + counter);
        }
        return adder;
    }
}
