package dev.nettcp.sharing;

/** What an end of a lane waits for; each wait has a limit of its own. */
public enum LaneWait {
    /** The sender, after the offer: for the peer to have room and say so. */
    READY,
    /** The sender, after the descriptor: for the peer to take it. */
    TAKEN,
    /** The receiver, after its ready: for the descriptor. */
    DESCRIPTOR
}
