package dev.nettcp.sharing.worker.simulation;

import static dev.nettcp.sharing.worker.simulation.Truth.check;

import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneStep;

/** What the rules of a lane bring about in the processes at its ends. */
final class Outcomes implements Lane.Ends {
    private final World world;

    Outcomes(World world) {
        this.world = world;
    }

    @Override
    public LaneStep<LaneSender> step(LaneSender state, LaneEvent event) {
        world.seen.event(state, event);
        return world.rules.step(state, event);
    }

    @Override
    public LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event) {
        world.seen.event(state, event);
        return world.rules.step(state, event);
    }

    @Override
    public void concluded(Lane lane, Connection connection, HandoverOutcome outcome) {
        world.note(lane, ":", connection, "is", outcome);
        if (outcome instanceof HandoverOutcome.Taken) {
            lane.from.closes(connection);
            return;
        }
        Truth.notTaken(connection, lane, outcome);
        connection.failedOffers++;
        if (lane.from instanceof Worker worker) {
            if (world.rules.returnsAgain()) {
                worker.givesBack(connection);
            } else {
                worker.ends(connection, End.RESET_NOT_TAKEN_BACK);
            }
        } else {
            world.service().handoverFailed(connection);
        }
    }

    @Override
    public boolean takesRoom(Lane lane) {
        if (lane.to instanceof Worker worker) {
            if (worker.places == 0) {
                return false;
            }
            worker.places--;
        }
        return true;
    }

    /** Never the last place; and now and then not, so that both ways of an offer occur. */
    @Override
    public boolean takesRoomAhead(Lane lane) {
        if (lane.to instanceof Worker worker && worker.places > 1 && world.random.nextInt(4) > 0) {
            worker.places--;
            return true;
        }
        return false;
    }

    @Override
    public void releasesRoom(Lane lane) {
        if (lane.to instanceof Worker worker) {
            worker.places++;
        }
    }

    @Override
    public void adopted(Lane lane, Connection connection) {
        world.note(lane.to, "adopts", connection);
        if (lane.to instanceof Worker worker) {
            Truth.adopted(connection, lane.session);
            worker.adopts(connection);
        } else {
            world.service().begins(connection);
        }
    }

    @Override
    public void sessionDropped(Lane lane) {
        check(lane.isDisturbed(), lane, "drops its session for no reason");
        lane.passesOnToSession();
        if (lane.to instanceof Worker worker) {
            worker.loses(lane.session);
        } else {
            world.service().ends(lane.session);
            world.closesServiceLanes(lane.session);
        }
    }

    @Override
    public boolean inputComesFirst() {
        return world.random.nextInt(4) == 0;
    }

    @Override
    public void closes(Lane lane) {
        Truth.endsLane(lane);
    }
}
