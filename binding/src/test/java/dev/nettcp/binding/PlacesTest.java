package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = new Places(2);
    private final List<String> started = new ArrayList<>();

    private void take(String... names) {
        for (String name : names) {
            places.take(() -> started.add(name));
        }
    }

    @Test
    void whoFindsNoPlaceWaitsForOneInLine() {
        take("a", "b", "c", "d");
        assertThat(started).containsExactly("a", "b");
        assertThat(places.isCrowded()).isTrue();

        places.giveBack();
        assertThat(started).containsExactly("a", "b", "c");
        places.giveBack();
        assertThat(started).containsExactly("a", "b", "c", "d");
        assertThat(places.isCrowded()).isFalse();
    }

    @Test
    void aPlaceTooManyIsNotPassedOn() {
        take("a", "b", "c");
        places.takeAtOnce();

        places.giveBack();
        assertThat(started).containsExactly("a", "b");
        places.giveBack();
        assertThat(started).containsExactly("a", "b", "c");
    }

    @Test
    void aPlaceThatNobodyWaitsForIsFree() {
        take("a", "b");
        places.giveBack();

        take("c");
        assertThat(started).containsExactly("a", "b", "c");
    }

    @Test
    void whoWaitsMayAllBeLetIn() {
        take("a", "b", "c", "d");

        places.open();

        assertThat(started).containsExactly("a", "b", "c", "d");
        take("e");
        assertThat(started).doesNotContain("e");
    }
}
