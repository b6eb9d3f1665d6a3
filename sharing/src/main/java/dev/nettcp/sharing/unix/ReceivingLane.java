package dev.nettcp.sharing.unix;

import java.util.concurrent.CompletionStage;

/** The receiving end of an open lane; what arrives goes to its {@link dev.nettcp.sharing.HandoverReceiver}. */
public interface ReceivingLane {
    /** Closes the lane. A connection whose taking is being written is still decided before. */
    void close(String why);

    /** Done when the lane is closed by either end, with the reason. */
    CompletionStage<String> closed();
}
