package dev.nettcp.sharing.unix;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The connections to the control socket that hold nothing: who has not said yet what it wants, and sessions without a
 * registration. Their number is bounded. One too many ends the oldest of the user who has most of them, so that whoever comes
 * now, an operator above all, gets in however many others somebody leaves open. Any thread.
 */
final class Guests {
    private final int most;
    private final Set<Guest> inOrder = new LinkedHashSet<>();
    private final Map<Integer, Integer> byUser = new HashMap<>();

    /** @param most how many there may be; at least 1 */
    Guests(int most) {
        this.most = most;
    }

    /**
     * One more, the youngest.
     *
     * @param leaving run when this one is chosen to go; on any thread, and at most once
     */
    Guest enter(int user, Runnable leaving) {
        Guest entered = new Guest(user, leaving);
        Guest chosen = null;
        synchronized (this) {
            inOrder.add(entered);
            byUser.merge(user, 1, Integer::sum);
            if (inOrder.size() > most) {
                chosen = remove(oldestOfMost());
            }
        }
        if (chosen != null) {
            chosen.leaving.run();
        }
        return entered;
    }

    /** The oldest of the user who has most must go; false if there is nobody. */
    boolean dismissOne() {
        Guest chosen;
        synchronized (this) {
            if (inOrder.isEmpty()) {
                return false;
            }
            chosen = remove(oldestOfMost());
        }
        chosen.leaving.run();
        return true;
    }

    private Guest oldestOfMost() {
        int mostOfOne =
                byUser.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        return inOrder.stream()
                .filter(guest -> byUser.getOrDefault(guest.user, 0) == mostOfOne)
                .findFirst()
                .orElseThrow();
    }

    private Guest remove(Guest guest) {
        if (inOrder.remove(guest)) {
            byUser.computeIfPresent(guest.user, (user, count) -> count == 1 ? null : count - 1);
        }
        return guest;
    }

    /** One of them. */
    final class Guest {
        private final int user;
        private final Runnable leaving;

        private Guest(int user, Runnable leaving) {
            this.user = user;
            this.leaving = leaving;
        }

        /** It has ended, or is no guest any more. May be repeated. */
        void leave() {
            synchronized (Guests.this) {
                remove(this);
            }
        }
    }
}
