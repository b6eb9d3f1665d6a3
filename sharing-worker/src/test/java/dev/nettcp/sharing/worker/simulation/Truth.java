package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be so, told by who sees everything. A connection that goes on does so at the right place; one that ends, a lane or a
 * session that ends, must be entitled to it by a disturbance that hit this very one.
 */
@SuppressWarnings("ReferenceEquality") // a process, a session and a lane are themselves and no other
final class Truth {
    private Truth() {}

    static void check(boolean holds, Object what, String amiss) {
        if (!holds) {
            throw new AssertionError("%s %s".formatted(what, amiss)
                    + (what instanceof Connection connection ? "; it is " + connection.state() : ""));
        }
    }

    /** Whose the destination is at this moment: the registration of the longest address. */
    static @Nullable Session longestMatch(List<Session> sessions, Address destination) {
        Session longest = null;
        for (Session session : sessions) {
            if (session.registered
                    && session.worker.address.serves(destination)
                    && (longest == null || session.worker.address.isLongerThan(longest.worker.address))) {
                longest = session;
            }
        }
        return longest;
    }

    // ---- connections that go on ----------------------------------------------------------------------------------

    static void routed(Connection connection, @Nullable Session to, Service service) {
        check(
                to == longestMatch(service.sessions, connection.destination),
                connection,
                "is not routed to the longest match");
    }

    static void adopted(Connection connection, Session by) {
        Worker worker = by.worker;
        check(
                worker.address.serves(connection.destination),
                connection,
                "has come to " + worker + ", who has no such address");
        check(connection.route == by, connection, "has come to " + worker + ", to whom it was not routed");
        Worker returner = connection.returnedBy;
        check(
                returner == null || returner.user == worker.user,
                connection,
                "of a worker of one user has come to that of another");
    }

    static void kept(Connection connection, Worker worker, boolean asked, Service service) {
        if (asked) {
            Session owner = longestMatch(service.sessions, connection.destination);
            check(owner != null && owner.worker == worker, connection, "is kept, and it is not for " + worker);
        } else {
            check(
                    worker.address.serves(connection.destination),
                    connection,
                    "is kept unasked by " + worker + ", who has no such address");
        }
    }

    static void givenBack(Connection connection, Worker worker, Service service) {
        Session owner = longestMatch(service.sessions, connection.destination);
        check(
                owner != null && owner.worker != worker && owner.worker.user == worker.user,
                connection,
                "is given back, and is not for another worker of the user");
        check(connection.returns == 1, connection, "is given back twice for one preamble");
    }

    // ---- ends ----------------------------------------------------------------------------------------------------

    /** An offer that came to nothing. */
    static void notTaken(Connection connection, Lane lane, HandoverOutcome outcome) {
        check(lane.isOfferDisturbed(), connection, "is not taken for no reason: " + outcome);
    }

    static void endsLane(Lane lane) {
        check(lane.isDisturbed(), lane, "ends for no reason");
    }

    /** Before it gives up its registration or its session; what is under way on a lane is decided first. */
    static void givesUpItsLanes(Worker worker, List<Lane> lanes) {
        for (Lane lane : lanes) {
            boolean isOpen = lane.leadsTo(worker)
                    ? lane.receiver.isOpen() && !(lane.receiver.state() instanceof LaneReceiver.WritingTaken)
                    : lane.from == worker
                            && lane.sender.isOpen()
                            && !(lane.sender.state() instanceof LaneSender.Draining);
            check(!isOpen || lane.session != worker.session, lane, "is left open");
        }
    }

    static void endsSession(Session session) {
        check(!session.registered || session.isDisturbed(), session, "ends for no reason");
    }

    static void endedByService(Connection connection, End how, Service service) {
        Session route = longestMatch(service.sessions, connection.destination);
        Worker returner = connection.returnedBy;
        check(
                switch (how) {
                    case ENDPOINT_NOT_FOUND -> route == null && connection.failedOffers == 0;
                    case CONNECTION_DISPATCH_FAILED ->
                        connection.failedOffers >= Rules.SOUND.attempts()
                                || (route == null && connection.failedOffers > 0);
                    case ENDPOINT_UNAVAILABLE -> connection.late;
                    case ABORTED_FOR_A_STRANGER ->
                        route != null && returner != null && route.worker.user != returner.user;
                    default -> false;
                },
                connection,
                "is ended by the service for no reason: " + how);
    }

    static void endedByWorker(Connection connection, End how, Worker worker, Service service) {
        Session owner = longestMatch(service.sessions, connection.destination);
        Session own = worker.session;
        check(
                switch (how) {
                    case RESET_AS_A_STRANGERS -> owner == null || owner.worker.user != worker.user;
                    case RESET_WITHOUT_SERVICE -> own == null || own.isDisturbed() || !worker.wantsLanes;
                    case RESET_NOT_TAKEN_BACK -> connection.failedOffers > 0;
                    case RESET_UNASKED -> !worker.address.serves(connection.destination);
                    default -> false;
                },
                connection,
                "is ended by " + worker + " for no reason: " + how);
    }

    /** When everything has been put right, and has had all the time it wants. */
    static void hasNoWorker(Connection connection, List<Worker> workers) {
        for (Worker worker : workers) {
            check(
                    !worker.wantsConnections() || !worker.address.serves(connection.destination),
                    connection,
                    "is told that there is no endpoint, which " + worker + " has");
        }
    }
}
