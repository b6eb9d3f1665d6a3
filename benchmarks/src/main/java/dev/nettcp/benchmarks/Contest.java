package dev.nettcp.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * Things measured in turn: each round runs every contestant once, and each round begins with another one, so that whatever else the
 * machine is doing hits all of them alike. What is compared is one round's values with each other, never those of different times.
 */
final class Contest<T> {

    private final Map<String, List<T>> rounds = new LinkedHashMap<>();

    private Contest() {}

    static <T> Contest<T> of(int rounds, Map<String, Callable<T>> contestants) throws Exception {
        var contest = new Contest<T>();
        List<Map.Entry<String, Callable<T>>> order = new ArrayList<>(contestants.entrySet());
        order.forEach(contestant -> contest.rounds.put(contestant.getKey(), new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Callable<T>> contestant : order) {
                contest.results(contestant.getKey()).add(contestant.getValue().call());
            }
            Collections.rotate(order, -1);
        }
        return contest;
    }

    double median(String contestant, ToDoubleFunction<T> value) {
        return Median.of(results(contestant), value);
    }

    /** The median over the rounds of one contestant's value divided by the other's in the same round. */
    double ratio(String contestant, String other, ToDoubleFunction<T> value) {
        List<T> above = results(contestant);
        List<T> below = results(other);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < above.size(); round++) {
            ratios.add(value.applyAsDouble(above.get(round)) / value.applyAsDouble(below.get(round)));
        }
        return Median.of(ratios);
    }

    List<T> results(String contestant) {
        return Objects.requireNonNull(rounds.get(contestant), contestant);
    }
}
