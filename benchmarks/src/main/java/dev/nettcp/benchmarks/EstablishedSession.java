package dev.nettcp.benchmarks;

import dev.nettcp.benchmarks.CallLoad.Call;
import dev.nettcp.benchmarks.Figure.Goal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Requests and replies on a session that is open already, through the shared port and through the worker's own. */
final class EstablishedSession {

    private static final String SHARED = "shared port";
    private static final String OWN = "own port";

    private final Call shared;
    private final Call own;
    private final Scale scale;

    EstablishedSession(Call shared, Call own, Scale scale) {
        this.shared = shared;
        this.own = own;
        this.scale = scale;
    }

    private record Result(Durations latencies, Duration took) {

        double callsPerSecond() {
            return latencies.size() / (took.toNanos() / 1e9);
        }

        double p99() {
            return latencies.percentile(99);
        }

        Result plus(Result other) {
            latencies.addAll(other.latencies);
            return new Result(latencies, took.plus(other.took));
        }
    }

    List<Figure> measure() throws Exception {
        Map<String, Callable<Result>> contestants = new LinkedHashMap<>();
        contestants.put(OWN, () -> callFor(own, scale.turn()));
        contestants.put(SHARED, () -> callFor(shared, scale.turn()));
        callFor(own, scale.warmUp());
        callFor(shared, scale.warmUp());
        Contest<Result> contest = Contest.of(scale.rounds(), scale.turns(), contestants, Result::plus);
        return List.of(
                Figure.ratio(
                        "established session, shared / own port: calls a second",
                        contest.ratio(SHARED, OWN, Result::callsPerSecond),
                        "%.0f / %.0f a second"
                                .formatted(
                                        contest.median(SHARED, Result::callsPerSecond),
                                        contest.median(OWN, Result::callsPerSecond)),
                        Goal.atLeast(0.97)),
                Figure.ratio(
                        "established session, shared / own port: p99",
                        contest.ratio(SHARED, OWN, Result::p99),
                        "%.0f / %.0f µs"
                                .formatted(
                                        contest.median(SHARED, Result::p99) / 1e3,
                                        contest.median(OWN, Result::p99) / 1e3),
                        Goal.atMost(1.1)));
    }

    private static Result callFor(Call call, Duration time) throws Exception {
        var latencies = new Durations();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        long now = begin;
        while (now - end < 0) {
            call.make();
            long then = System.nanoTime();
            latencies.add(then - now);
            now = then;
        }
        return new Result(latencies, Duration.ofNanos(now - begin));
    }
}
