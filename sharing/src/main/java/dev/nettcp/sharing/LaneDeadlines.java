package dev.nettcp.sharing;

import java.time.Duration;

/**
 * How long the ends of a lane wait for each other once a connection is about to move. Each is more than zero. The limit of
 * the wait for room is given with each connection, see {@link HandoverLane#send}.
 *
 * @param taken from the descriptor to the peer's answer; after it the reading side of the lane is shut, which decides the
 *     owner
 * @param descriptor for a peer that was told that the descriptor may come
 */
public record LaneDeadlines(Duration taken, Duration descriptor) {
    public static final LaneDeadlines DEFAULT = new LaneDeadlines(Duration.ofSeconds(10), Duration.ofSeconds(30));

    public LaneDeadlines {
        requirePositive(taken, "taken");
        requirePositive(descriptor, "descriptor");
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("%s=%s; a lane's deadline is more than zero".formatted(name, duration));
        }
    }
}
