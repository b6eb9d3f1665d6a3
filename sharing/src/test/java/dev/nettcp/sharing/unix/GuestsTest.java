package dev.nettcp.sharing.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestsTest {
    private final Guests guests = new Guests(3);
    private final List<String> gone = new ArrayList<>();

    private Guests.Guest enter(int user, String name) {
        return guests.enter(user, () -> gone.add(name));
    }

    @Test
    void oneTooManyEndsTheOldestOfTheUserWhoHasMost() {
        enter(0, "of another");
        enter(7, "first");
        enter(7, "second");
        assertThat(gone).isEmpty();

        enter(7, "third");
        assertThat(gone).containsExactly("first");
        enter(0, "the operator");
        assertThat(gone).containsExactly("first", "of another");
    }

    @Test
    void whoHasLeftIsNotCountedAndNotChosen() {
        Guests.Guest first = enter(7, "first");
        enter(7, "second");
        first.leave();
        first.leave();
        enter(7, "third");
        enter(7, "fourth");
        assertThat(gone).isEmpty();

        enter(7, "fifth");
        assertThat(gone).containsExactly("second");
    }

    @Test
    void oneCanBeDismissedAtAnyTime() {
        assertThat(guests.dismissOne()).isFalse();
        enter(7, "first");
        assertThat(guests.dismissOne()).isTrue();
        assertThat(gone).containsExactly("first");
        assertThat(guests.dismissOne()).isFalse();
    }
}
