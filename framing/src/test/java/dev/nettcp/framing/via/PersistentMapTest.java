package dev.nettcp.framing.via;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentMapTest {
    /** Few keys, so that they meet; of every three, two have the same hash. */
    private static String key(int number) {
        String prefix = number % 3 == 0 ? "Aa" : number % 3 == 1 ? "BB" : "C";
        return prefix + number / 3;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itIsAMapWhateverIsDoneToIt(long seed) {
        Random random = new Random(seed);
        PersistentMap<Integer> map = PersistentMap.empty();
        Map<String, Integer> model = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            String key = key(random.nextInt(300));
            if (random.nextInt(3) > 0) {
                map = map.with(key, i);
                model.put(key, i);
            } else {
                map = map.without(key);
                model.remove(key);
            }
            assertThat(map.get(key)).isEqualTo(model.get(key));
            assertThat(map.size()).isEqualTo(model.size());
            assertThat(map.isEmpty()).isEqualTo(model.isEmpty());
        }
        for (int i = 0; i < 300; i++) {
            assertThat(map.get(key(i))).isEqualTo(model.get(key(i)));
        }
        List<Integer> values = new ArrayList<>();
        map.forEachValue(values::add);
        assertThat(values).containsExactlyInAnyOrderElementsOf(model.values());
    }

    @Test
    void anOldMapIsNotChangedByANewOne() {
        PersistentMap<String> one = PersistentMap.<String>empty().with("Aa", "1");
        PersistentMap<String> two = one.with("BB", "2");
        PersistentMap<String> again = two.with("Aa", "3").without("BB");
        assertThat(one.get("BB")).isNull();
        assertThat(two.get("Aa")).isEqualTo("1");
        assertThat(two.get("BB")).isEqualTo("2");
        assertThat(again.get("Aa")).isEqualTo("3");
    }

    @Test
    void keysWhoseHashesDifferInTheLastBitsOnlyFindTheirPlaces() {
        PersistentMap<Integer> map = PersistentMap.empty();
        for (int i = 0; i < 5_000; i++) {
            map = map.with("/service/" + i, i);
        }
        for (int i = 0; i < 5_000; i++) {
            assertThat(map.get("/service/" + i)).isEqualTo(i);
        }
        for (int i = 0; i < 5_000; i++) {
            map = map.without("/service/" + i);
        }
        assertThat(map.isEmpty()).isTrue();
        assertThat(map.without("/service/1")).isSameAs(map);
    }
}
