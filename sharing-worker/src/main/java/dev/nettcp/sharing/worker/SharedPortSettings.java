package dev.nettcp.sharing.worker;

import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.LaneObserver;
import dev.nettcp.sharing.unix.ControlSocketPath;
import dev.nettcp.sharing.unix.ServiceUsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a worker deals with the port sharing service.
 *
 * @param controlSocket of the service
 * @param serviceUsers user ids the service may have besides root and this process's own
 * @param lanes over how many connections may arrive at once, 1 to 4; fewer if the service wants fewer, or the listener's
 *     maxPendingAccepts
 * @param answerLimit how long the service may take to answer; more than zero
 * @param laneDeadlines of handovers and returns
 * @param returnLimit how long a returned connection may wait for the service to have room for it; more than zero
 * @param backoff between attempts to find the service again
 * @param laneObserver watches the lanes of this worker
 */
public record SharedPortSettings(
        Path controlSocket,
        List<Integer> serviceUsers,
        int lanes,
        Duration answerLimit,
        LaneDeadlines laneDeadlines,
        Duration returnLimit,
        Backoff backoff,
        LaneObserver laneObserver) {

    private static final int MAX_LANES = 4;

    public SharedPortSettings {
        serviceUsers = List.copyOf(serviceUsers);
        if (lanes < 1 || lanes > MAX_LANES) {
            throw new IllegalArgumentException("lanes=%d; 1 to %d are allowed".formatted(lanes, MAX_LANES));
        }
        requirePositive(answerLimit, "answerLimit");
        requirePositive(returnLimit, "returnLimit");
    }

    /** The defaults, with the control socket and the service's users as the environment has them. */
    public static SharedPortSettings of(Optional<Path> controlSocket, Map<String, String> environment) {
        return new SharedPortSettings(
                ControlSocketPath.toConnect(controlSocket, environment),
                ServiceUsers.named(environment),
                MAX_LANES,
                Duration.ofSeconds(10),
                LaneDeadlines.DEFAULT,
                Duration.ofSeconds(10),
                Backoff.DEFAULT,
                LaneObserver.NONE);
    }

    public SharedPortSettings withBackoff(Backoff newBackoff) {
        return new SharedPortSettings(
                controlSocket, serviceUsers, lanes, answerLimit, laneDeadlines, returnLimit, newBackoff, laneObserver);
    }

    public SharedPortSettings withAnswerLimit(Duration limit) {
        return new SharedPortSettings(
                controlSocket, serviceUsers, lanes, limit, laneDeadlines, returnLimit, backoff, laneObserver);
    }

    public SharedPortSettings withLaneDeadlines(LaneDeadlines deadlines) {
        return new SharedPortSettings(
                controlSocket, serviceUsers, lanes, answerLimit, deadlines, returnLimit, backoff, laneObserver);
    }

    public SharedPortSettings withLaneObserver(LaneObserver observer) {
        return new SharedPortSettings(
                controlSocket, serviceUsers, lanes, answerLimit, laneDeadlines, returnLimit, backoff, observer);
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("%s=%s; it is more than zero".formatted(name, duration));
        }
    }
}
