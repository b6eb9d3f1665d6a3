package dev.nettcp.sharing.service.registration;

import static dev.nettcp.sharing.service.telemetry.LogCode.RETURN_REFUSED;
import static dev.nettcp.sharing.service.telemetry.LogCode.WORKER_UNTRUSTED;

import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.LaneDirection;
import dev.nettcp.sharing.Objection;
import dev.nettcp.sharing.PassedSocket;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.handover.Dispatcher;
import dev.nettcp.sharing.service.listen.Ports;
import dev.nettcp.sharing.service.listen.Preambles;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import dev.nettcp.sharing.unix.LaneRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the lanes of registrations: who knows the token and is the same user, and not more of them than agreed. On the lanes
 * that lead back it takes pooled connections whose next session is for another worker, and has them begin like any other.
 */
public final class LaneDesk {
    /** Lanes of one registration over which its worker gives connections back. */
    static final int RETURN_LANES = 2;

    private static final Logger LOG = LoggerFactory.getLogger(LaneDesk.class);

    private final Registry registry;
    private final Dispatcher dispatcher;
    private final Preambles preambles;
    private final Ports ports;
    private final LaneDeadlines deadlines;
    private final int handoverLanes;
    private final Counters counters;

    /**
     * A desk for the lanes of all registrations.
     *
     * @param handoverLanes lanes of one registration over which connections are handed to its worker: so many at a time
     */
    public LaneDesk(
            Registry registry,
            Dispatcher dispatcher,
            Preambles preambles,
            Ports ports,
            LaneDeadlines deadlines,
            int handoverLanes,
            Counters counters) {
        this.registry = registry;
        this.dispatcher = dispatcher;
        this.preambles = preambles;
        this.ports = ports;
        this.deadlines = deadlines;
        this.handoverLanes = handoverLanes;
        this.counters = counters;
    }

    int handoverLanes() {
        return handoverLanes;
    }

    void requested(LaneRequest request) {
        Optional<LiveRegistration> found = registry.find(request.token());
        if (found.isEmpty()) {
            request.refuse(StatusCode.UNKNOWN_TOKEN, "no registration has this token; it may just have ended");
            return;
        }
        LiveRegistration live = found.get();
        if (request.peer().uid() != live.registration().worker().uid()) {
            LOG.warn("{} {} knows the token of {}", WORKER_UNTRUSTED, request.peer(), live.registration());
            request.refuse(StatusCode.ACCESS_DENIED, "the registration is another user's");
        } else if (request.direction() == LaneDirection.HANDOVER) {
            openHandover(request, live);
        } else {
            openReturn(request, live);
        }
    }

    private void openHandover(LaneRequest request, LiveRegistration live) {
        if (dispatcher.status(live.registration()).lanes() >= handoverLanes) {
            refuseSurplus(request, handoverLanes);
        } else {
            dispatcher.laneOpened(live.registration(), request.acceptHandover(deadlines));
        }
    }

    private void openReturn(LaneRequest request, LiveRegistration live) {
        if (live.returnLanes() >= RETURN_LANES) {
            refuseSurplus(request, RETURN_LANES);
        } else {
            live.returnLaneOpened(request.acceptReturn(deadlines, new Returns(live)));
        }
    }

    private static void refuseSurplus(LaneRequest request, int most) {
        request.refuse(
                StatusCode.REGISTRATION_QUOTA_EXCEEDED,
                "%d lanes of this direction are open already, which is the limit".formatted(most));
    }

    /** What comes over the lanes on which one worker gives connections back. There is always a place: one lane, one at a time. */
    private final class Returns implements HandoverReceiver, HandoverReceiver.Place {
        private final LiveRegistration live;

        Returns(LiveRegistration live) {
            this.live = live;
        }

        @Override
        public Optional<Place> reserve(HandoverHeader header) {
            return Optional.of(this);
        }

        @Override
        public void whenRoom(Runnable task) {
            task.run();
        }

        @Override
        public Optional<Objection> objection(HandoverHeader header, PassedSocket socket) {
            if (socket.remote().isEmpty()) {
                return refused("the client has gone");
            }
            if (!ports.isOpen(socket.local().getPort())) {
                return refused("port %d is not one of this service"
                        .formatted(socket.local().getPort()));
            }
            return Optional.empty();
        }

        private Optional<Objection> refused(String why) {
            counters.count(Counter.RETURNS_REFUSED);
            LOG.info("{} a connection given back by {}: {}", RETURN_REFUSED, live.registration(), why);
            return Optional.of(new Objection(DeclineReason.NOT_ACCEPTABLE, why));
        }

        @Override
        public void adopt(HandoverHeader header, PassedSocket socket) {
            counters.count(Counter.CONNECTIONS_RETURNED);
            preambles.beginReturned(header, socket, live.registration().worker());
        }

        /** Nothing to give back: a place is not counted. */
        @Override
        public void release() {}

        @Override
        public void untrusted(String why) {
            LOG.warn("{} {}: {}; its session ends", WORKER_UNTRUSTED, live.registration(), why);
            live.session().refuse(StatusCode.INVALID_ARGUMENT, why);
        }
    }
}
