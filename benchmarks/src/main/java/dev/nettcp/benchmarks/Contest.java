package dev.nettcp.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Things measured in turn: every round runs each contestant for many short turns, one after the other, and adds up what each one's
 * turns gave, so that whatever else the machine is doing hits all of them alike. What is compared is one round's results with each
 * other, never those of different times.
 */
public final class Contest<T> {

    private final Map<String, List<T>> rounds = new LinkedHashMap<>();

    private Contest() {}

    /** Runs so many rounds of so many turns of each contestant; two results of the same contestant and round become one. */
    public static <T> Contest<T> of(int rounds, int turns, Map<String, Callable<T>> contestants, BinaryOperator<T> sum)
            throws Exception {
        var contest = new Contest<T>();
        contestants.keySet().forEach(name -> contest.rounds.put(name, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            Map<String, T> results = new LinkedHashMap<>();
            for (int turn = 0; turn < turns; turn++) {
                for (Map.Entry<String, Callable<T>> contestant : contestants.entrySet()) {
                    results.merge(contestant.getKey(), contestant.getValue().call(), sum);
                }
            }
            results.forEach((name, result) -> contest.results(name).add(result));
        }
        return contest;
    }

    /** The median over the rounds of one contestant's value. */
    public double median(String contestant, ToDoubleFunction<T> value) {
        return Median.of(results(contestant), value);
    }

    /** The median over the rounds of one contestant's value divided by the other's in the same round. */
    public double ratio(String contestant, String other, ToDoubleFunction<T> value) {
        List<T> above = results(contestant);
        List<T> below = results(other);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < above.size(); round++) {
            ratios.add(value.applyAsDouble(above.get(round)) / value.applyAsDouble(below.get(round)));
        }
        return Median.of(ratios);
    }

    /** What each round gave for one contestant. */
    public List<T> results(String contestant) {
        return Objects.requireNonNull(rounds.get(contestant), contestant);
    }
}
