package dev.nettcp.sharing.unix;

import java.time.Duration;
import java.util.Optional;

/**
 * How the service's control socket behaves.
 *
 * @param greetingLimit how long somebody may take from connecting to the end of its first message, and from that to a
 *     registration or a question; more than zero
 * @param permissions of the socket file, as {@code chmod} shows them; who may not write to it cannot connect. Finer access
 *     rules are {@link ControlService#admit}'s
 * @param group the group the socket file is given; empty for the service's own
 * @param backlog of the listening socket; more than zero
 * @param product what the service calls itself to its peers
 * @param maxGuests connections that hold nothing, neither a registration nor a lane; at least 1. One more ends the oldest of the
 *     user who has most of them
 */
public record ControlServerSettings(
        Duration greetingLimit,
        String permissions,
        Optional<String> group,
        int backlog,
        String product,
        int maxGuests) {
    public static final ControlServerSettings DEFAULT =
            new ControlServerSettings(Duration.ofSeconds(10), "rw-rw-rw-", Optional.empty(), 128, "nettcp", 128);

    public ControlServerSettings {
        if (greetingLimit.isNegative() || greetingLimit.isZero()) {
            throw new IllegalArgumentException("greetingLimit=%s; it is more than zero".formatted(greetingLimit));
        }
        if (!permissions.matches("([r-][w-][x-]){3}")) {
            throw new IllegalArgumentException(
                    "permissions=%s; expected nine characters such as rw-rw----".formatted(permissions));
        }
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog=%d; at least 1 is allowed".formatted(backlog));
        }
        if (maxGuests < 1) {
            throw new IllegalArgumentException("maxGuests=%d; at least 1 is allowed".formatted(maxGuests));
        }
    }
}
