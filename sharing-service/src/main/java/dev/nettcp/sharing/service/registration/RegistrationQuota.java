package dev.nettcp.sharing.service.registration;

import dev.nettcp.sharing.service.config.RegistrationSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many registrations each user has, those under way included, and how many are allowed. On the registrar's thread. */
final class RegistrationQuota {
    private final RegistrationSettings limits;
    private final Map<Integer, Integer> byUser = new HashMap<>();
    private int all;

    RegistrationQuota(RegistrationSettings limits) {
        this.limits = limits;
    }

    /** Takes a place for one more of this user; else says why there is none. */
    Optional<String> take(int user) {
        int own = byUser.getOrDefault(user, 0);
        if (own >= limits.maxPerUser()) {
            return Optional.of("user %d has %d registrations, and registrations.maxPerUser is %d"
                    .formatted(user, own, limits.maxPerUser()));
        }
        if (all >= limits.max()) {
            return Optional.of("there are %d registrations, and registrations.max is %d".formatted(all, limits.max()));
        }
        byUser.put(user, own + 1);
        all++;
        return Optional.empty();
    }

    /** A registration of this user has ended. */
    void giveBack(int user) {
        byUser.computeIfPresent(user, (same, own) -> own == 1 ? null : own - 1);
        all--;
    }
}
