package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingPlacesTest {

    private final PendingPlaces places = new PendingPlaces(2);
    private final AtomicInteger woken = new AtomicInteger();

    @Test
    void thereAreAsManyPlacesAsTheLimitSays() {
        assertThat(places.tryTake()).isTrue();
        assertThat(places.tryTake()).isTrue();
        assertThat(places.tryTake()).isFalse();
        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void placesAreKeptAheadOnlyAsLongAsHalfOfThemRemain() {
        assertThat(places.tryTakeAhead()).isTrue();
        assertThat(places.tryTakeAhead()).isFalse();
        assertThat(places.taken()).isZero();
        assertThat(places.tryTake()).isTrue();
        assertThat(places.tryTake()).isFalse();

        places.noLongerAhead();
        assertThat(places.taken()).isEqualTo(2);
        assertThat(new PendingPlaces(1).tryTakeAhead()).isFalse();
    }

    @Test
    void withRoomAnActionRunsAtOnce() {
        places.whenRoom(woken::incrementAndGet);

        assertThat(woken).hasValue(1);
    }

    @Test
    void withoutRoomAnActionRunsOnceWhenAPlaceIsGivenBack() {
        places.tryTake();
        places.tryTake();
        places.whenRoom(woken::incrementAndGet);
        assertThat(woken).hasValue(0);
        places.giveBack();
        places.giveBack();

        assertThat(woken).hasValue(1);
        assertThat(places.taken()).isZero();
    }

    @Test
    void whoeverIsWokenAndFindsNoPlaceMayWaitAgain() {
        places.tryTake();
        places.tryTake();
        places.whenRoom(() -> {
            places.tryTake();
            places.whenRoom(woken::incrementAndGet);
        });
        places.giveBack();
        assertThat(woken).hasValue(0);
        places.giveBack();

        assertThat(woken).hasValue(1);
    }
}
