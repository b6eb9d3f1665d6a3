package dev.nettcp.sharing;

import dev.nettcp.sharing.ControlMessage.LaneMessage;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Taken;
import java.util.Optional;

/** What the rules of a lane want done by whoever holds its socket. */
public sealed interface LaneEffect {
    record Send(LaneMessage message) implements LaneEffect {}

    /** Starts a limit; the one before, if any, no longer matters. */
    record Await(LaneWait what, long sequence) implements LaneEffect {}

    /** Closes the socket of the lane, and with it whatever still lies in it. */
    record CloseLane(String why) implements LaneEffect {}

    // ---- on the sending end --------------------------------------------------------------------------------------

    /** Sends the descriptor of the connection that was offered, exactly one, and nothing with it. */
    record SendDescriptor() implements LaneEffect {}

    /** Shuts the reading side of the lane: what is queued is still delivered, then comes the end of input. */
    record StopReading() implements LaneEffect {}

    /** Tells whoever gave the connection how it fared. */
    record Conclude(HandoverOutcome outcome) implements LaneEffect {}

    // ---- on the receiving end ------------------------------------------------------------------------------------

    /** Asks for a place for the offered connection; when it is had, an event with this sequence number says so. */
    record AwaitRoom(long sequence) implements LaneEffect {}

    /** Gives back one place that was had. */
    record ReleaseRoom() implements LaneEffect {}

    /** From here on the lane is read for one descriptor. */
    record ExpectDescriptor() implements LaneEffect {}

    /** From here on the lane is read for messages again. */
    record ExpectMessages() implements LaneEffect {}

    /** Writes Taken, with what is said ahead for the next connection in one piece, and reports whether the kernel has all of it or nothing. */
    record SendTaken(Taken message, Optional<Ready> ahead) implements LaneEffect {}

    /** The connection in hand is ours and has its place: it may be touched from here on. */
    record Adopt(HandoverHeader header) implements LaneEffect {}

    /** Closes the descriptor in hand, without touching its connection. */
    record CloseDescriptor() implements LaneEffect {}

    /** The peer cannot be trusted with descriptors: the control session ends too. */
    record DropSession(String why) implements LaneEffect {}
}
