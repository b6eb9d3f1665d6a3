package dev.nettcp.sharing.service.registration;

import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.service.routing.Registration;
import dev.nettcp.sharing.unix.ControlSession;
import dev.nettcp.sharing.unix.ReceivingLane;
import java.util.ArrayList;
import java.util.List;

/** A registration in force, with the session that holds it and the lanes that belong to it. */
final class LiveRegistration {
    private final Registration registration;
    private final ControlSession session;
    private final LaneToken token = LaneToken.random();
    private final List<ReceivingLane> returnLanes = new ArrayList<>();

    LiveRegistration(Registration registration, ControlSession session) {
        this.registration = registration;
        this.session = session;
    }

    Registration registration() {
        return registration;
    }

    ControlSession session() {
        return session;
    }

    LaneToken token() {
        return token;
    }

    int returnLanes() {
        return returnLanes.size();
    }

    void returnLaneOpened(ReceivingLane lane) {
        returnLanes.add(lane);
        lane.closed().thenAccept(why -> returnLanes.remove(lane));
    }

    void closeReturnLanes(String why) {
        List.copyOf(returnLanes).forEach(lane -> lane.close(why));
    }
}
