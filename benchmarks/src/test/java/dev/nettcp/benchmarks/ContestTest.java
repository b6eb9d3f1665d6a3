package dev.nettcp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class ContestTest {

    @Test
    void everyRoundGivesEachItsTurnsOneAfterTheOtherAndAddsThemUp() throws Exception {
        List<String> ran = new ArrayList<>();
        Map<String, Callable<Integer>> contestants = new LinkedHashMap<>();
        for (String name : List.of("a", "b")) {
            contestants.put(name, () -> {
                ran.add(name);
                return ran.size();
            });
        }
        Contest<Integer> contest = Contest.of(2, 3, contestants, Integer::sum);
        assertThat(ran).containsExactly("a", "b", "a", "b", "a", "b", "a", "b", "a", "b", "a", "b");
        assertThat(contest.results("a")).containsExactly(1 + 3 + 5, 7 + 9 + 11);
        assertThat(contest.results("b")).containsExactly(2 + 4 + 6, 8 + 10 + 12);
    }

    @Test
    void aRatioComparesWhatWasMeasuredInTheSameRound() throws Exception {
        // a machine that gets ten times slower: the ratio stays 2 in every round, whatever the medians are
        Contest<Double> contest =
                Contest.of(3, 1, Map.of("fast", numbers(200, 20, 2), "slow", numbers(100, 10, 1)), Double::sum);
        assertThat(contest.ratio("fast", "slow", x -> x)).isEqualTo(2);
        assertThat(contest.median("fast", x -> x)).isEqualTo(20);
    }

    @Test
    void theMedianIsTheMiddle() {
        assertThat(Median.of(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Median.of(List.of(9.0, 1.0, 5.0, 7.0))).isEqualTo(6);
        assertThatThrownBy(() -> Median.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Callable<Double> numbers(double... values) {
        Iterator<Double> iterator = Arrays.stream(values).iterator();
        return iterator::next;
    }
}
