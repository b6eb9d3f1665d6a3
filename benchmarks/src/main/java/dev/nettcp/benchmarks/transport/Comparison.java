package dev.nettcp.benchmarks.transport;

import dev.nettcp.benchmarks.Contest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/** Contestants that do the same in turn, by name; each has done so for a while before anything counts. */
final class Comparison {

    /** What one contestant does for so many milliseconds. */
    interface Work {
        Result forMillis(long millis) throws IOException;
    }

    private static final int PARTS = 4;
    private static final int LONGEST_WARM_UP = 5;
    private static final double FASTER = 1.03;

    private final Map<String, Work> contestants = new LinkedHashMap<>();

    Comparison with(String name, Work work) {
        contestants.put(name, work);
        return this;
    }

    Comparison with(String name, Pair pair, Scene scene, int connections) {
        return with(name, millis -> pair.run("echo", scene.callers, connections, scene.size, millis));
    }

    Outcome run(Amount amount) throws Exception {
        Map<String, Callable<Result>> turns = new LinkedHashMap<>();
        for (Map.Entry<String, Work> each : contestants.entrySet()) {
            warmUp(each.getValue(), amount.warmUp().toMillis());
            turns.put(
                    each.getKey(), () -> each.getValue().forMillis(amount.turn().toMillis()));
        }
        return new Outcome(Contest.of(amount.rounds(), amount.turns(), turns, Result::plus));
    }

    /** At least so long, and then until it gets no faster any more; libraries differ in how much code the JIT has to see. */
    private static void warmUp(Work work, long millis) throws IOException {
        double best = 0;
        for (int part = 1; part <= LONGEST_WARM_UP * PARTS; part++) {
            double rate = work.forMillis(millis / PARTS).perSecond();
            if (part >= PARTS && rate < best * FASTER) {
                return;
            }
            best = Math.max(best, rate);
        }
    }

    /** What came of it. */
    static final class Outcome {
        private final Contest<Result> contest;

        Outcome(Contest<Result> contest) {
            this.contest = contest;
        }

        double ratio(String contestant, String other, ToDoubleFunction<Result> value) {
            return contest.ratio(contestant, other, value);
        }

        /** The medians of two contestants. */
        String both(String contestant, String other, ToDoubleFunction<Result> value, String unit) {
            return "%.0f / %.0f %s".formatted(contest.median(contestant, value), contest.median(other, value), unit);
        }

        double median(String contestant, ToDoubleFunction<Result> value) {
            return contest.median(contestant, value);
        }
    }
}
