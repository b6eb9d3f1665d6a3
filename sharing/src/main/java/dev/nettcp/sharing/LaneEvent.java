package dev.nettcp.sharing;

import dev.nettcp.sharing.ControlMessage.LaneMessage;

/** What can happen to an end of a lane. */
public sealed interface LaneEvent {

    // ---- on both ends --------------------------------------------------------------------------------------------

    /** A whole message arrived. */
    record Received(LaneMessage message) implements LaneEvent {}

    /** What arrived is no message; nothing behind it can be read. */
    record Malformed(String why) implements LaneEvent {}

    /** The peer can write nothing more, and everything it wrote has been delivered. */
    record InputEnded(String why) implements LaneEvent {}

    /** This process wants the lane closed. */
    record CloseRequested(String why) implements LaneEvent {}

    /** The limit of a wait was reached; told apart from the waits of earlier offers by the sequence number. */
    record DeadlinePassed(LaneWait what, long sequence) implements LaneEvent {
        boolean is(LaneWait otherWait, long otherSequence) {
            return what == otherWait && sequence == otherSequence;
        }
    }

    // ---- on the sending end --------------------------------------------------------------------------------------

    /** This process has a connection to give away. */
    record HandOver(HandoverHeader header) implements LaneEvent {}

    /** The kernel did not accept the descriptor, so the peer has nothing. */
    record DescriptorNotSent(String why) implements LaneEvent {}

    // ---- on the receiving end ------------------------------------------------------------------------------------

    /** A place was had for the offered connection. */
    record RoomFound(long sequence) implements LaneEvent {}

    /**
     * Exactly one descriptor came, it is a connected TCP socket, and this end wants it.
     *
     * @param roomForNext whether a place has been reserved for the next connection, too
     */
    record DescriptorAccepted(boolean roomForNext) implements LaneEvent {}

    /** One came that is a TCP socket, and this end does not want it. */
    record DescriptorRejected(DeclineReason reason, String text) implements LaneEvent {}

    /** One was sent, and the kernel dropped it because this process is at its limit of open descriptors. */
    record DescriptorLost(String why) implements LaneEvent {}

    /** More than one came, or one that is no connection of TCP; all are closed. The peer is not what it should be. */
    record WrongDescriptors(String why) implements LaneEvent {}

    /** The kernel has the whole Taken. */
    record TakenWritten() implements LaneEvent {}

    /** The kernel has none of it: the peer shut the lane, or is gone. */
    record TakenNotWritten(String why) implements LaneEvent {}
}
