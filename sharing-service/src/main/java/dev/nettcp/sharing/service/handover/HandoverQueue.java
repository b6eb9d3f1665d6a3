package dev.nettcp.sharing.service.handover;

import static dev.nettcp.sharing.service.telemetry.LogCode.HANDOVER_FAILED;
import static dev.nettcp.sharing.service.telemetry.LogCode.QUEUE_FULL;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.service.config.HandoverSettings;
import dev.nettcp.sharing.service.config.SettingType.Span;
import dev.nettcp.sharing.service.handover.PendingConnection.Client;
import dev.nettcp.sharing.service.routing.Registration;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import dev.nettcp.sharing.service.telemetry.LogLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that wait for one registration's worker, first come, first served, and the lanes over which it takes them: one
 * connection at a time on each. A worker says on a lane when it has room, so a slow one fills this queue and nothing else.
 *
 * <pre>
 *   add ──▶ waiting ──▶ offered on an idle lane ──▶ taken           ours no longer
 *              │                  │
 *              │                  └─ declined, lane broken ──▶ again: routed as if it had just arrived
 *              └─ full: ServerTooBusy · its time is over: EndpointUnavailable · its client has gone: closed
 * </pre>
 */
final class HandoverQueue {
    private static final Logger LOG = LoggerFactory.getLogger(HandoverQueue.class);

    /**
     * After a failed offer not at once: what ended it, the death of a worker say, ends the worker's other lanes and its registration too,
     * and that has to be heard of first. Otherwise the attempts are used up on lanes that only seem to be open, although another worker
     * would take the connection.
     */
    static final Duration AFTER_FAILED_OFFER = Duration.ofMillis(10);

    /** A worker without free descriptors takes nothing, on no lane, until it has closed something: it is left alone for so long. */
    static final Duration AT_DESCRIPTOR_LIMIT = Duration.ofMillis(100);

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final long SHORTEST_BETWEEN_CLEARINGS =
            Duration.ofMillis(100).toNanos();

    private final Registration registration;
    private final HandoverSettings settings;
    private final Timer timer;
    private final Undelivered undelivered;
    private final Counters counters;
    private final LogLimit failureLines = new LogLimit(1, Duration.ofSeconds(10).toNanos());
    private final Deque<PendingConnection> waiting = new ArrayDeque<>();
    private final List<HandoverLane> lanes = new ArrayList<>();
    private int offered;
    private boolean looking;
    private boolean closed;
    private long restsUntil;
    private long lastClearing = -SHORTEST_BETWEEN_CLEARINGS;

    HandoverQueue(
            Registration registration,
            HandoverSettings settings,
            Timer timer,
            Undelivered undelivered,
            Counters counters) {
        this.registration = registration;
        this.settings = settings;
        this.timer = timer;
        this.undelivered = undelivered;
        this.counters = counters;
    }

    int waiting() {
        return waiting.size();
    }

    int offered() {
        return offered;
    }

    int lanes() {
        return lanes.size();
    }

    /** A connection arrives at the end of the queue. */
    void add(PendingConnection connection) {
        if (waiting.size() >= settings.maxWaiting()) {
            clearAway(client -> client != Client.CONNECTED);
        }
        if (waiting.size() >= settings.maxWaiting()) {
            LOG.debug("{} {}: {} already wait for {}", QUEUE_FULL, connection, waiting.size(), registration);
            counters.count(Counter.DISPATCH_FAILURES);
            undelivered.refused(connection, FaultCode.SERVER_TOO_BUSY);
            return;
        }
        connection.queued();
        Optional<HandoverLane> idle = waiting.isEmpty() ? idleLane() : Optional.empty();
        if (idle.isPresent() && connection.failedOffers() == 0 && !isLate(connection)) {
            offer(connection, idle.get()); // it was read from a moment ago: no need to look at it
            return;
        }
        waiting.add(connection);
        offerNext();
        lookAfterThem();
    }

    /** The worker has opened a lane. */
    void laneOpened(HandoverLane lane) {
        lanes.add(lane);
        lane.closed().thenAccept(why -> lanes.remove(lane));
        offerNext();
    }

    /** The registration is gone: who waits is routed anew; what is under way is decided first. */
    void close(String why) {
        closed = true;
        while (!waiting.isEmpty()) {
            PendingConnection next = waiting.remove();
            undelivered.again(next, next.failedOffers() == 0 ? Duration.ZERO : AFTER_FAILED_OFFER);
        }
        List.copyOf(lanes).forEach(lane -> lane.close(why));
    }

    private void offerNext() {
        Optional<HandoverLane> lane = idleLane();
        while (lane.isPresent() && !waiting.isEmpty()) {
            PendingConnection next = waiting.remove();
            if (stillWanted(next)) {
                offer(next, lane.get());
            }
            lane = idleLane();
        }
    }

    private Optional<HandoverLane> idleLane() {
        return closed || timer.now() < restsUntil
                ? Optional.empty()
                : lanes.stream().filter(HandoverLane::isIdle).findFirst();
    }

    private void offer(PendingConnection connection, HandoverLane lane) {
        offered++;
        lanes.remove(lane);
        lanes.add(lane); // the next connection goes over another: the worker may divide its work by lanes
        lane.send(connection.header(), connection.descriptor(), timeLeft(connection))
                .thenAccept(outcome -> {
                    offered--;
                    decided(connection, lane, outcome);
                    offerNext();
                });
    }

    private void decided(PendingConnection connection, HandoverLane lane, HandoverOutcome outcome) {
        if (outcome instanceof HandoverOutcome.Taken) {
            connection.taken();
            counters.count(Counter.CONNECTIONS_DISPATCHED);
        } else if (outcome instanceof HandoverOutcome.Declined declined) {
            boolean atLimit = declined.reason().equals(DeclineReason.DESCRIPTOR_LIMIT);
            if (atLimit) {
                rest();
            }
            Duration pause = atLimit ? AT_DESCRIPTOR_LIMIT : AFTER_FAILED_OFFER;
            failed(connection, true, "declined, %s: %s".formatted(declined.reason(), declined.text()), pause);
        } else if (outcome instanceof HandoverOutcome.Failed failed) {
            lanes.remove(lane); // it is closed, though it may not have said so yet
            failed(connection, failed.descriptorSent(), failed.why(), AFTER_FAILED_OFFER);
        }
    }

    /** Nothing is offered for a while; who arrives waits. */
    private void rest() {
        restsUntil = timer.now() + AT_DESCRIPTOR_LIMIT.toNanos();
        timer.after(AT_DESCRIPTOR_LIMIT, this::offerNext);
    }

    private void failed(PendingConnection connection, boolean descriptorSent, String why, Duration pause) {
        counters.count(Counter.HANDOVER_FAILURES);
        connection.offerFailed(descriptorSent);
        logFailure(connection, why);
        if (stillWanted(connection)) {
            undelivered.again(connection, pause);
        }
    }

    /** A worker that takes nothing has many clients, and each of them several attempts. */
    private void logFailure(PendingConnection connection, String why) {
        OptionalLong before = failureLines.permit(timer.now());
        if (before.isPresent()) {
            LOG.warn(
                    "{} {} was not taken by {}: {} ({} lines like this were left out)",
                    HANDOVER_FAILED,
                    connection,
                    registration.worker(),
                    why,
                    before.getAsLong());
        } else {
            LOG.debug("{} {} was not taken by {}: {}", HANDOVER_FAILED, connection, registration.worker(), why);
        }
    }

    // ---- those who wait too long, and those who do not wait any more
    // ------------------------------------------------------

    private void lookAfterThem() {
        if (!looking && !waiting.isEmpty()) {
            looking = true;
            timer.after(LOOK_INTERVAL, () -> {
                looking = false;
                clearAway(client -> client == Client.GONE);
                lookAfterThem();
            });
        }
    }

    /** Takes out whose time is over, and whose client is in such a state; not too often, since each look is a system call. */
    private void clearAway(Predicate<Client> unwanted) {
        if (timer.now() - lastClearing < SHORTEST_BETWEEN_CLEARINGS) {
            return;
        }
        lastClearing = timer.now();
        for (PendingConnection connection : List.copyOf(waiting)) {
            if (isLate(connection)) {
                waiting.remove(connection);
                refuseLate(connection);
            } else if (unwanted.test(connection.look())) {
                waiting.remove(connection);
                drop(connection);
            }
        }
    }

    private boolean stillWanted(PendingConnection connection) {
        if (isLate(connection)) {
            refuseLate(connection);
            return false;
        }
        if (connection.look() == Client.GONE) {
            drop(connection);
            return false;
        }
        return true;
    }

    private boolean isLate(PendingConnection connection) {
        return timer.now() >= connection.deadline();
    }

    private void refuseLate(PendingConnection connection) {
        LOG.warn(
                "{} {} was not taken by {} within queueTimeout={} ({} wait, {} lanes)",
                HANDOVER_FAILED,
                connection,
                registration,
                Span.print(settings.queueTimeout()),
                waiting.size(),
                lanes.size());
        counters.count(Counter.QUEUE_TIMEOUTS);
        undelivered.refused(connection, FaultCode.ENDPOINT_UNAVAILABLE);
    }

    private void drop(PendingConnection connection) {
        counters.count(Counter.CLIENTS_GONE);
        connection.abort();
    }

    private Duration timeLeft(PendingConnection connection) {
        return Duration.ofNanos(connection.deadline() - timer.now());
    }
}
