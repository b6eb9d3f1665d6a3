package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.ControlMessage.LaneMessage;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneEffect;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneStep;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A lane between two processes, and what the kernel does with it: a reliable stream each way, of messages and of descriptors.
 * What was written stays readable after the writer's death; writing fails once the other end is closed or has shut its
 * reading side, in one step with the queueing.
 */
final class Lane {
    /** The rules of the sending end; replaced by broken ones to see whether they are found out. */
    interface SenderRules {
        LaneStep<LaneSender> step(LaneSender state, LaneEvent event);
    }

    /** What the processes do when the rules say so. */
    interface Ends {
        void concluded(Lane lane, Connection connection, HandoverOutcome outcome);

        boolean takesRoom(Lane lane);

        boolean takesRoomAhead(Lane lane);

        void releasesRoom(Lane lane);

        void adopted(Lane lane, Connection connection);

        void sessionDropped(Lane lane);
    }

    final Party from;
    final Party to;

    /** Whose registration the lane belongs to. */
    final Session session;

    private final SenderRules senderRules;
    private final Ends ends;
    private final Queue<Object> toReceiver = new ArrayDeque<>();
    private final Queue<LaneMessage> toSender = new ArrayDeque<>();
    private final Queue<LaneEvent> senderDue = new ArrayDeque<>();
    private final Queue<LaneEvent> receiverDue = new ArrayDeque<>();

    private LaneSender sender = LaneSender.start();
    private LaneReceiver receiver = LaneReceiver.start();
    private LaneEffect.@Nullable Await senderWait;
    private LaneEffect.@Nullable Await receiverWait;
    private @Nullable Connection offered;
    private @Nullable Connection inHand;
    private long roomWanted;
    private boolean descriptorsExpected;
    private boolean senderOpen = true;
    private boolean receiverOpen = true;
    private boolean senderReads = true;
    private boolean senderSawEnd;
    private boolean receiverSawEnd;

    Lane(Party from, Party to, Session session, SenderRules senderRules, Ends ends) {
        this.from = from;
        this.to = to;
        this.session = session;
        this.senderRules = senderRules;
        this.ends = ends;
    }

    boolean isIdle() {
        return senderOpen && offered == null;
    }

    boolean isClosed() {
        return !senderOpen && !receiverOpen;
    }

    /** Whether a place is kept for a connection that has not been offered. */
    boolean keepsPlace() {
        return receiverOpen && receiver instanceof LaneReceiver.ReadyAhead;
    }

    boolean isOpenAtReceiver() {
        return receiverOpen;
    }

    void handOver(Connection connection) {
        offered = connection;
        onSender(new LaneEvent.HandOver(connection.header));
    }

    void closeAtSender() {
        if (senderOpen) {
            onSender(new LaneEvent.CloseRequested("wanted"));
        }
    }

    void closeAtReceiver() {
        if (receiverOpen) {
            onReceiver(new LaneEvent.CloseRequested("wanted"));
        }
    }

    /** The kernel closes the ends of a process that died, and what nobody can read any more. */
    void processDied() {
        senderOpen &= from.alive;
        receiverOpen &= to.alive;
        if (!receiverOpen) {
            toReceiver.forEach(Lane::dropIfDescriptor);
            toReceiver.clear();
        }
        if (!from.alive) {
            offered = null;
        }
        if (!to.alive) {
            inHand = null;
        }
    }

    // ---- what may happen next: the sending end -------------------------------------------------------------------

    boolean senderHasWork() {
        return from.runs() && senderOpen && (!senderDue.isEmpty() || !toSender.isEmpty() || senderMaySeeEnd());
    }

    private boolean senderMaySeeEnd() {
        return !senderSawEnd && (!receiverOpen || !senderReads);
    }

    void senderWorks() {
        if (!senderDue.isEmpty()) {
            onSender(senderDue.remove());
        } else if (!toSender.isEmpty()) {
            onSender(new LaneEvent.Received(toSender.remove()));
        } else {
            senderSawEnd = true;
            onSender(new LaneEvent.InputEnded("the end"));
        }
    }

    boolean senderWaits() {
        return from.runs() && senderOpen && senderWait != null;
    }

    void senderDeadline() {
        LaneEffect.Await wait = senderWait;
        senderWait = null;
        if (wait != null) {
            onSender(new LaneEvent.DeadlinePassed(wait.what(), wait.sequence()));
        }
    }

    // ---- what may happen next: the receiving end -----------------------------------------------------------------

    boolean receiverHasWork() {
        return to.runs() && receiverOpen && (!receiverDue.isEmpty() || !toReceiver.isEmpty() || receiverMaySeeEnd());
    }

    private boolean receiverMaySeeEnd() {
        return !receiverSawEnd && !senderOpen;
    }

    /** @param fate below 0.1 the descriptor that came is declined, below 0.2 the kernel had none free for it */
    void receiverWorks(double fate) {
        if (!receiverDue.isEmpty()) {
            onReceiver(receiverDue.remove());
            return;
        }
        Object next = toReceiver.poll();
        if (next == null) {
            receiverSawEnd = true;
            onReceiver(new LaneEvent.InputEnded("the end"));
        } else if (next instanceof LaneMessage message) {
            if (!descriptorsExpected) { // bytes among descriptors vanish
                onReceiver(new LaneEvent.Received(message));
            }
        } else if (!descriptorsExpected) { // a descriptor among bytes vanishes, and leaves a byte
            dropIfDescriptor(next);
            onReceiver(new LaneEvent.Malformed("a stray byte"));
        } else {
            descriptorCame((Connection) next, fate);
        }
    }

    private void descriptorCame(Connection connection, double fate) {
        connection.copies--;
        if (fate < 0.1) {
            to.gets(connection);
            inHand = connection;
            onReceiver(new LaneEvent.DescriptorRejected(DeclineReason.NOT_ACCEPTABLE, "no"));
        } else if (fate < 0.2) {
            onReceiver(new LaneEvent.DescriptorLost("none free"));
        } else {
            to.gets(connection);
            inHand = connection;
            boolean awaited = receiver instanceof LaneReceiver.AwaitingDescriptor;
            onReceiver(new LaneEvent.DescriptorAccepted(awaited && ends.takesRoomAhead(this)));
        }
    }

    boolean receiverWaits() {
        return to.runs() && receiverOpen && receiverWait != null;
    }

    void receiverDeadline() {
        LaneEffect.Await wait = receiverWait;
        receiverWait = null;
        if (wait != null) {
            onReceiver(new LaneEvent.DeadlinePassed(wait.what(), wait.sequence()));
        }
    }

    boolean wantsRoom() {
        return to.runs() && receiverOpen && roomWanted > 0;
    }

    boolean looksForRoom() {
        if (!ends.takesRoom(this)) {
            return false;
        }
        long sequence = roomWanted;
        roomWanted = 0;
        onReceiver(new LaneEvent.RoomFound(sequence));
        return true;
    }

    /** Loses what is next in the lane; never a Taken, whose queueing is what moves the ownership. */
    void loseNext(boolean towardsReceiver) {
        if (towardsReceiver) {
            dropIfDescriptor(toReceiver.poll());
        } else if (!(toSender.peek() instanceof Taken)) {
            toSender.poll();
        }
    }

    // ---- the rules at work ---------------------------------------------------------------------------------------

    private void onSender(LaneEvent event) {
        LaneStep<LaneSender> step = senderRules.step(sender, event);
        sender = step.next();
        if (!step.effects().isEmpty()) {
            senderWait = null;
        }
        for (LaneEffect effect : step.effects()) {
            performForSender(effect);
        }
    }

    private void performForSender(LaneEffect effect) {
        if (effect instanceof LaneEffect.Send send) {
            if (receiverOpen) {
                toReceiver.add(send.message());
            }
        } else if (effect instanceof LaneEffect.SendDescriptor && offered != null) {
            if (receiverOpen) {
                offered.copies++;
                toReceiver.add(offered);
            } else {
                senderDue.add(new LaneEvent.DescriptorNotSent("closed"));
            }
        } else if (effect instanceof LaneEffect.Await await) {
            senderWait = await;
        } else if (effect instanceof LaneEffect.StopReading) {
            senderReads = false;
        } else if (effect instanceof LaneEffect.CloseLane) {
            senderOpen = false;
            toSender.clear();
        } else if (effect instanceof LaneEffect.Conclude conclude && offered != null) {
            Connection decided = offered;
            offered = null;
            ends.concluded(this, decided, conclude.outcome());
        }
    }

    private void onReceiver(LaneEvent event) {
        LaneStep<LaneReceiver> step = receiver.on(event);
        receiver = step.next();
        if (!step.effects().isEmpty()) {
            receiverWait = null;
        }
        for (LaneEffect effect : step.effects()) {
            performForReceiver(effect);
        }
    }

    private void performForReceiver(LaneEffect effect) {
        if (effect instanceof LaneEffect.Send send) {
            if (senderOpen && senderReads) {
                toSender.add(send.message());
            }
        } else if (effect instanceof LaneEffect.SendTaken taken) {
            sendTaken(taken);
        } else if (effect instanceof LaneEffect.Await await) {
            receiverWait = await;
        } else if (effect instanceof LaneEffect.AwaitRoom await) {
            roomWanted = await.sequence();
        } else if (effect instanceof LaneEffect.ReleaseRoom) {
            ends.releasesRoom(this);
        } else if (effect instanceof LaneEffect.ExpectDescriptor) {
            descriptorsExpected = true;
        } else if (effect instanceof LaneEffect.ExpectMessages) {
            descriptorsExpected = false;
        } else if (effect instanceof LaneEffect.CloseDescriptor && inHand != null) {
            to.closes(inHand);
            inHand = null;
        } else if (effect instanceof LaneEffect.CloseLane) {
            receiverOpen = false;
            roomWanted = 0;
            toReceiver.forEach(Lane::dropIfDescriptor);
            toReceiver.clear();
        } else if (effect instanceof LaneEffect.DropSession) {
            ends.sessionDropped(this);
        } else if (effect instanceof LaneEffect.Adopt adopt && inHand != null) {
            Connection ours = inHand;
            inHand = null;
            if (!adopt.header().equals(ours.header)) {
                throw new AssertionError("the header of %s with the descriptor of %s".formatted(adopt.header(), ours));
            }
            ends.adopted(this, ours);
        }
    }

    /** One step of the kernel: either the whole message is in the lane, and with it the ownership, or the writing fails. */
    private void sendTaken(LaneEffect.SendTaken taken) {
        if (senderOpen && senderReads && inHand != null) {
            toSender.add(taken.message());
            taken.ahead().ifPresent(toSender::add);
            inHand.owner = to;
            receiverDue.add(new LaneEvent.TakenWritten());
        } else {
            receiverDue.add(new LaneEvent.TakenNotWritten("closed"));
        }
    }

    private static void dropIfDescriptor(@Nullable Object item) {
        if (item instanceof Connection connection) {
            connection.copies--;
        }
    }

    @Override
    public String toString() {
        return "lane %s→%s (%s, %s)".formatted(from, to, name(sender), name(receiver));
    }

    private static String name(Object state) {
        return state.getClass().getSimpleName();
    }
}
