package dev.nettcp.benchmarks;

import dev.nettcp.benchmarks.Opening.Outcome;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Opens connections as fast as they are answered, a fixed number at once, for a time or up to a count. */
final class OpeningLoad {

    private static final Duration PATIENCE_AFTER_THE_END = Duration.ofSeconds(10);

    private final SocketAddress target;
    private final byte[] preamble;
    private final int atOnce;

    OpeningLoad(SocketAddress target, byte[] preamble, int atOnce) {
        this.target = target;
        this.preamble = preamble;
        this.atOnce = atOnce;
    }

    /** What came of it. A load is only worth reporting when every attempt was {@link Outcome#OPENED}. */
    record Result(Map<Outcome, Long> outcomes, Duration took, Durations latencies) {

        double openedPerSecond() {
            return outcomes.getOrDefault(Outcome.OPENED, 0L) / (took.toNanos() / 1e9);
        }

        long failed() {
            return outcomes.entrySet().stream()
                    .filter(entry -> entry.getKey() != Outcome.OPENED)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        Result plus(Result other) {
            Map<Outcome, Long> sum = new EnumMap<>(outcomes);
            other.outcomes.forEach((outcome, number) -> sum.merge(outcome, number, Long::sum));
            latencies.addAll(other.latencies);
            return new Result(sum, took.plus(other.took), latencies);
        }
    }

    Result runFor(Duration time) throws Exception {
        return run(Long.MAX_VALUE, time);
    }

    Result run(long count, Duration atMost) throws Exception {
        long begin = System.nanoTime();
        long end = begin + atMost.toNanos();
        var left = new AtomicLong(count);
        List<Opening> openings = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<Result>> parts = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                var opening = new Opening(target, preamble);
                openings.add(opening);
                parts.add(threads.submit(part(opening, left, end)));
            }
            threads.shutdown();
            if (!threads.awaitTermination(atMost.plus(PATIENCE_AFTER_THE_END).toNanos(), TimeUnit.NANOSECONDS)) {
                for (Opening opening : openings) opening.abort();
            }
            var outcomes = new EnumMap<Outcome, Long>(Outcome.class);
            var latencies = new Durations();
            for (Future<Result> part : parts) {
                part.get().outcomes().forEach((outcome, number) -> outcomes.merge(outcome, number, Long::sum));
                latencies.addAll(part.get().latencies());
            }
            return new Result(outcomes, Duration.ofNanos(System.nanoTime() - begin), latencies);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Result> part(Opening opening, AtomicLong left, long end) {
        return () -> {
            var outcomes = new EnumMap<Outcome, Long>(Outcome.class);
            var latencies = new Durations();
            long now = System.nanoTime();
            while (now - end < 0 && left.getAndDecrement() > 0) {
                Outcome outcome = opening.attempt();
                long then = System.nanoTime();
                outcomes.merge(outcome, 1L, Long::sum);
                if (outcome == Outcome.OPENED) latencies.add(then - now);
                now = then;
            }
            return new Result(outcomes, Duration.ZERO, latencies);
        };
    }
}
