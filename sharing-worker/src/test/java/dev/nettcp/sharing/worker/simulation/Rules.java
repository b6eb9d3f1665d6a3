package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.framing.via.PrefixTable;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneStep;
import dev.nettcp.sharing.RouteOwner;
import dev.nettcp.sharing.worker.Registration;
import dev.nettcp.sharing.worker.RegistrationEvent;
import dev.nettcp.sharing.worker.ReuseRule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a history is played by. The first part are the product's own rules; the second is what the service and a worker do around them. */
class Rules {
    /** As they should be. */
    static final Rules SOUND = new Rules();

    LaneStep<LaneSender> step(LaneSender state, LaneEvent event) {
        return state.on(event);
    }

    LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event) {
        return state.on(event);
    }

    Registration.Step step(Registration state, RegistrationEvent event) {
        return state.on(event);
    }

    ReuseDecision reuse(Optional<RouteOwner> answer, boolean servedHere) {
        return ReuseRule.of(answer, servedHere);
    }

    @Nullable
    Session route(PrefixTable<Session> routes, Address destination) {
        return routes.lookup(destination.via, Connection.END.getAddress(), Connection.END.getPort())
                .match()
                .map(PrefixTable.Entry::value)
                .orElse(null);
    }

    // ---- the service ---------------------------------------------------------------------------------------------

    boolean grants(boolean isTaken) {
        return !isTaken;
    }

    /** What was registered in a session goes with it. */
    boolean withdrawsWithTheSession() {
        return true;
    }

    /** A connection that was given back reaches workers of the same user only. */
    boolean mayGetReturned(Worker receiver, Worker returner) {
        return receiver.user == returner.user;
    }

    /** How often a connection comes into the queues again after a failed offer. */
    int routesAfterFailedOffer() {
        return 1;
    }

    int attempts() {
        return 3;
    }

    // ---- a worker ------------------------------------------------------------------------------------------------

    int lanes() {
        return 2;
    }

    boolean opensLane(int openNow, int openedSoFar) {
        return openNow < lanes();
    }

    /** Once a return has failed the connection is reset. */
    boolean returnsAgain() {
        return false;
    }
}
