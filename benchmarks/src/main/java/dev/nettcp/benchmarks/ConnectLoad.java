package dev.nettcp.benchmarks;

import dev.nettcp.benchmarks.Handovers.Target;
import dev.nettcp.benchmarks.Opening.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** New connections, one after the other, until stopped: how each ended, and the longest time without one that was opened. */
final class ConnectLoad {

    private final Opening opening;
    private final Duration pause;
    private final Thread thread = new Thread(this::run, "connect load");
    private volatile boolean stopped;

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Long> faults = new TreeMap<>();
    private final AtomicLong opened = new AtomicLong();
    private long longestGapNanos;
    private String failure = "";

    ConnectLoad(Target target, Duration pause) {
        this.opening = new Opening(target.address(), Preamble.of(target.via()));
        this.pause = pause;
    }

    void start() {
        thread.start();
    }

    private void run() {
        long lastOpened = System.nanoTime();
        try {
            while (!stopped) {
                Outcome outcome = opening.attempt();
                outcomes.merge(outcome, 1L, Long::sum);
                if (outcome == Outcome.FAULT) faults.merge(opening.fault(), 1L, Long::sum);
                if (outcome == Outcome.OPENED) {
                    long now = System.nanoTime();
                    longestGapNanos = Math.max(longestGapNanos, now - lastOpened);
                    lastOpened = now;
                    opened.incrementAndGet();
                }
                LockSupport.parkNanos(pause.toNanos());
            }
        } catch (IOException e) {
            failure = e.toString();
        }
    }

    /** How many were opened up to now; any thread may ask. */
    long openedSoFar() {
        return opened.get();
    }

    /** Stops and waits; after it the results may be read. */
    void stop() throws InterruptedException, IOException {
        stopped = true;
        thread.join(TimeUnit.SECONDS.toMillis(5));
        opening.abort();
        thread.join();
        if (!failure.isEmpty()) throw new IOException("new connections could not be tried: " + failure);
    }

    long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** How often which fault was the answer. */
    Map<String, Long> faults() {
        return faults;
    }

    Duration longestGap() {
        return Duration.ofNanos(longestGapNanos);
    }
}
