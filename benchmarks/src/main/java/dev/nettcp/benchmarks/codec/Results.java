package dev.nettcp.benchmarks.codec;

import dev.nettcp.benchmarks.Median;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What every library cost with every message in every round; compared are only costs of the same round. */
final class Results {
    private record Key(String who, String what, String direction) {}

    private final Map<Key, List<Cost>> rounds = new LinkedHashMap<>();

    void add(String who, String what, String direction, Cost cost) {
        rounds.computeIfAbsent(new Key(who, what, direction), key -> new ArrayList<>())
                .add(cost);
    }

    void addAll(Results others) {
        others.rounds.forEach((key, costs) ->
                rounds.computeIfAbsent(key, none -> new ArrayList<>()).addAll(costs));
    }

    boolean has(String who) {
        return rounds.keySet().stream().anyMatch(key -> key.who.equals(who));
    }

    /** The median over the rounds. */
    double median(String who, String what, String direction, ToDoubleFunction<Cost> value) {
        return Median.of(of(who, what, direction), value);
    }

    /** The median over the rounds of what the one costs divided by what the other costs. */
    double ratio(String above, String below, String what, String direction, ToDoubleFunction<Cost> value) {
        List<Cost> dividends = of(above, what, direction);
        List<Cost> divisors = of(below, what, direction);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < dividends.size(); round++)
            ratios.add(value.applyAsDouble(dividends.get(round)) / value.applyAsDouble(divisors.get(round)));
        return Median.of(ratios);
    }

    private List<Cost> of(String who, String what, String direction) {
        List<Cost> costs = rounds.get(new Key(who, what, direction));
        if (costs == null)
            throw new IllegalArgumentException(who + " was not measured with " + what + ", " + direction);
        return costs;
    }
}
