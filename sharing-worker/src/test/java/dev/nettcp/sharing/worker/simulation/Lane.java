package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneStep;
import java.util.EnumSet;
import java.util.Set;

/**
 * A lane between two processes, and what the kernel does with it: a reliable stream each way, of messages and of descriptors.
 * What was written stays readable after the writer's death; writing fails once the other end is closed or has shut its
 * reading side, in one step with the queueing.
 */
@SuppressWarnings("ReferenceEquality") // a process, a session and a lane are themselves and no other
final class Lane {
    /** What the processes do when the rules say so; and the rules. */
    interface Ends {
        LaneStep<LaneSender> step(LaneSender state, LaneEvent event);

        LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event);

        void concluded(Lane lane, Connection connection, HandoverOutcome outcome);

        boolean takesRoom(Lane lane);

        boolean takesRoomAhead(Lane lane);

        void releasesRoom(Lane lane);

        void adopted(Lane lane, Connection connection);

        void sessionDropped(Lane lane);

        /** Chance: whether what has arrived is heard of before the outcome of what was to be written. */
        boolean inputComesFirst();

        /** One of its ends closes it. */
        void closes(Lane lane);
    }

    final Party from;
    final Party to;

    /** Whose registration the lane belongs to. */
    final Session session;

    final SendingEnd sender;
    final ReceivingEnd receiver;
    private final Set<Disturbance> suffered = EnumSet.noneOf(Disturbance.class);
    private boolean offerDisturbed;

    Lane(Party from, Party to, Session session, Ends ends) {
        this.from = from;
        this.to = to;
        this.session = session;
        this.sender = new SendingEnd(this, ends);
        this.receiver = new ReceivingEnd(this, ends);
    }

    void handOver(Connection connection) {
        offerDisturbed = false;
        sender.handOver(connection);
    }

    boolean isIdle() {
        return sender.isIdle();
    }

    /** Whether a connection is on its way, or awaited, or something else is. */
    boolean isBusy() {
        return !sender.isIdle() || sender.hasUnread() || receiver.hasUnread() || receiver.waitsFor() != null;
    }

    boolean isClosed() {
        return !sender.isOpen() && !receiver.isOpen();
    }

    boolean leadsTo(Party process) {
        return to == process;
    }

    /** The kernel closes the ends of a process that died, and what nobody can read any more. */
    void processDied() {
        if (!from.alive) {
            sender.dies();
        }
        if (!to.alive) {
            receiver.dies();
        }
    }

    // ---- what has happened to it ---------------------------------------------------------------------------------

    void suffers(Disturbance disturbance) {
        if (disturbance == Disturbance.DECLINED || disturbance == Disturbance.DESCRIPTOR_LOST) {
            offerDisturbed = true; // the lane is as good as before
        } else if (disturbance.excuses()) {
            suffered.add(disturbance);
        }
    }

    /** Whether something has happened that may end it. */
    boolean isDisturbed() {
        return !suffered.isEmpty() || session.isDisturbed();
    }

    /** Whether something has happened that may keep the connection of the last offer from being taken. */
    boolean isOfferDisturbed() {
        return offerDisturbed || isDisturbed();
    }

    /** What befell it is the end of its session. */
    void passesOnToSession() {
        suffered.forEach(session::suffers);
    }

    @Override
    public String toString() {
        return "lane %s→%s (%s, %s)".formatted(from, to, sender, receiver);
    }
}
