package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.LaneDeadlines;
import dev.nettcp.sharing.LaneDirection;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.StatusCode;

/** Somebody asks the service for a lane. Answered exactly once, on the event loop it was delivered on. */
public interface LaneRequest {
    LaneToken token();

    LaneDirection direction();

    PeerCredentials peer();

    /** Opens a lane over which the service gives connections away ({@link LaneDirection#HANDOVER}). */
    HandoverLane acceptHandover(LaneDeadlines deadlines);

    /** Opens a lane over which the service takes connections back ({@link LaneDirection#RETURN}). */
    ReceivingLane acceptReturn(LaneDeadlines deadlines, HandoverReceiver receiver);

    /** Says why not, and closes. */
    void refuse(StatusCode status, String text);
}
