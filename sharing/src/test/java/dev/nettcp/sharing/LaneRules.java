package dev.nettcp.sharing;

import dev.nettcp.sharing.ControlMessage.Declined;
import dev.nettcp.sharing.ControlMessage.Offer;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Taken;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Samples for the tests of the rules of both ends. */
final class LaneRules {
    private static final InetSocketAddress END = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);

    static final HandoverHeader HEADER =
            new HandoverHeader("net.tcp://localhost:9000/a", END, END, Unpooled.EMPTY_BUFFER);

    /** One of each message, with the sequence number 1 and with another. */
    static final List<LaneEvent> MESSAGES = List.of(
            received(new Offer(1, HEADER)),
            received(new Ready(1)),
            received(new Taken(1)),
            received(new Declined(1, DeclineReason.CLOSING, "bye")),
            received(new Offer(2, HEADER)),
            received(new Ready(2)),
            received(new Taken(2)),
            received(new Declined(2, DeclineReason.CLOSING, "bye")));

    /** One of each event that no message is, for either end; deadlines of this offer and of another. */
    static final List<LaneEvent> OTHERS = List.of(
            new LaneEvent.Malformed("nonsense"),
            new LaneEvent.InputEnded("gone"),
            new LaneEvent.CloseRequested("enough"),
            new LaneEvent.DeadlinePassed(LaneWait.READY, 1),
            new LaneEvent.DeadlinePassed(LaneWait.TAKEN, 1),
            new LaneEvent.DeadlinePassed(LaneWait.DESCRIPTOR, 1),
            new LaneEvent.DeadlinePassed(LaneWait.READY, 2),
            new LaneEvent.DeadlinePassed(LaneWait.TAKEN, 2),
            new LaneEvent.DeadlinePassed(LaneWait.DESCRIPTOR, 2),
            new LaneEvent.DescriptorNotSent("not sent"),
            new LaneEvent.RoomFound(1),
            new LaneEvent.RoomFound(2),
            new LaneEvent.DescriptorAccepted(false),
            new LaneEvent.DescriptorAccepted(true),
            new LaneEvent.DescriptorRejected(DeclineReason.NOT_ACCEPTABLE, "not mine"),
            new LaneEvent.DescriptorLost("full"),
            new LaneEvent.WrongDescriptors("two"),
            new LaneEvent.TakenWritten(),
            new LaneEvent.TakenNotWritten("not written"));

    private LaneRules() {}

    static LaneEvent received(ControlMessage.LaneMessage message) {
        return new LaneEvent.Received(message);
    }

    /** Short text of a step: the next state and the effects, without what every sample has in common. */
    static String text(LaneStep<?> step, Object from) {
        String next =
                step.next().equals(from) ? "stays" : step.next().getClass().getSimpleName();
        StringBuilder text = new StringBuilder(next);
        for (LaneEffect effect : step.effects()) {
            text.append(", ").append(text(effect));
        }
        return text.toString();
    }

    private static String text(LaneEffect effect) {
        if (effect instanceof LaneEffect.Conclude conclude) {
            return conclude.outcome().getClass().getSimpleName()
                    + (conclude.outcome() instanceof HandoverOutcome.Failed failed && failed.descriptorSent()
                            ? " with descriptor"
                            : "");
        } else if (effect instanceof LaneEffect.Send send) {
            return "send " + send.message().getClass().getSimpleName();
        } else if (effect instanceof LaneEffect.Await await) {
            return "await " + await.what();
        } else if (effect instanceof LaneEffect.SendTaken taken && taken.ahead().isPresent()) {
            return "SendTaken with " + taken.ahead().get();
        }
        return effect.getClass().getSimpleName();
    }

    static String name(LaneEvent event) {
        if (event instanceof LaneEvent.Received received) {
            return received.message().getClass().getSimpleName() + " "
                    + received.message().sequence();
        } else if (event instanceof LaneEvent.DeadlinePassed deadline) {
            return "deadline %s %d".formatted(deadline.what(), deadline.sequence());
        } else if (event instanceof LaneEvent.RoomFound room) {
            return "RoomFound " + room.sequence();
        }
        return event.getClass().getSimpleName()
                + (event instanceof LaneEvent.DescriptorAccepted accepted && accepted.roomForNext()
                        ? " and room for the next"
                        : "");
    }
}
