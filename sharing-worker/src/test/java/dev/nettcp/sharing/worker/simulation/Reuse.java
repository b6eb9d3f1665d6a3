package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.sharing.RouteOwner;
import java.util.Optional;

/** The next preamble on a connection that a worker serves, which may be for another: it stays, goes back to the service, or is reset. */
@SuppressWarnings("ReferenceEquality") // a process, a session and a lane are themselves and no other
final class Reuse {
    private final World world;

    Reuse(World world) {
        this.world = world;
    }

    boolean givesNextBack(Worker worker) {
        Connection connection = worker.returning.peek();
        Session session = worker.session;
        if (connection == null) {
            return false;
        }
        if (session == null || !worker.wantsLanes || !session.serviceOpen) {
            worker.ends(worker.returning.remove(), End.RESET_WITHOUT_SERVICE);
            return true;
        }
        for (Lane lane : world.lanes) {
            if (lane.from == worker && lane.session == session) {
                if (lane.sender.isOpen() ? !lane.isIdle() : !hasNotHeardOfItsEnd(lane)) {
                    return false;
                }
                world.note(worker, "gives", connection, "back");
                lane.handOver(worker.returning.remove());
                return true;
            }
        }
        if (world.service().runs() && session.registered) {
            world.newLane(worker, world.service(), session);
            return true;
        }
        return false;
    }

    /** A lane lives on another event loop than whoever gives connections back over it. */
    private boolean hasNotHeardOfItsEnd(Lane lane) {
        return !lane.isClosed() && world.random.nextBoolean();
    }

    void nextPreamble(Worker worker, Connection connection) {
        connection.nextPreamble(world.anyDestination());
        Session session = worker.session;
        boolean asks = session != null
                && session.registered
                && worker.wantsLanes
                && world.service().runs();
        Optional<RouteOwner> answer =
                asks ? Optional.of(world.service().owner(connection.destination, session)) : Optional.empty();
        ReuseDecision decision = world.rules.reuse(answer, worker.address.serves(connection.destination));
        world.note(connection, "is for", connection.destination, "now:", answer, decision);
        switch (decision) {
            case KEEP -> {
                Truth.kept(connection, worker, asks, world.service());
                worker.keeps(connection);
            }
            case RETURN -> {
                worker.givesBack(connection);
                Truth.givenBack(connection, worker, world.service());
            }
            case ABORT -> worker.ends(connection, asks ? End.RESET_AS_A_STRANGERS : End.RESET_UNASKED);
        }
    }
}
