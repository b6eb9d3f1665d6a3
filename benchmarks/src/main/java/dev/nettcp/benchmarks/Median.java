package dev.nettcp.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of an odd number of values, the mean of the two in the middle of an even one. */
public final class Median {

    private Median() {}

    public static double of(List<Double> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("the median of nothing");
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public static <T> double of(List<T> rounds, ToDoubleFunction<T> value) {
        return of(rounds.stream().map(value::applyAsDouble).toList());
    }
}
