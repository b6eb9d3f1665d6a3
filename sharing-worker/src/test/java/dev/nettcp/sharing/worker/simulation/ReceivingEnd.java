package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.ControlMessage.LaneMessage;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.LaneEffect;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneStep;
import dev.nettcp.sharing.LaneWait;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The end of a lane that takes connections: its rules, and what the kernel keeps for it. */
final class ReceivingEnd {
    private final Lane lane;
    private final Lane.Ends ends;

    /** What the sender has written, and is not read yet: messages, connections whose descriptors these are, or nonsense. */
    private final Queue<Object> inbox = new ArrayDeque<>();

    private LaneReceiver state = LaneReceiver.start();
    private LaneEffect.@Nullable Await wait;
    private @Nullable Connection inHand;
    private LaneEffect.@Nullable SendTaken writing;
    private @Nullable Disturbance fate;
    private long roomWanted;
    private boolean descriptorsExpected;
    private boolean open = true;
    private boolean sawEnd;

    ReceivingEnd(Lane lane, Lane.Ends ends) {
        this.lane = lane;
        this.ends = ends;
    }

    LaneReceiver state() {
        return state;
    }

    boolean isOpen() {
        return open;
    }

    boolean hasUnread() {
        return !inbox.isEmpty();
    }

    /** Whether a place is kept for a connection that has not been offered. */
    boolean keepsPlace() {
        return open && state instanceof LaneReceiver.ReadyAhead;
    }

    void close() {
        if (open) {
            on(new LaneEvent.CloseRequested("wanted"));
        }
    }

    void dies() {
        shuts();
        inHand = null;
    }

    // ---- the kernel ----------------------------------------------------------------------------------------------

    /** One step: what is sent is in the lane, a descriptor as one more copy of its connection; or the writing fails. */
    boolean accepts(Object item) {
        if (open) {
            inbox.add(item);
            if (item instanceof Connection connection) {
                connection.copies++;
            }
        }
        return open;
    }

    boolean losesNext() {
        boolean loses = open && !inbox.isEmpty();
        if (loses) {
            drop(inbox.remove());
        }
        return loses;
    }

    private void shuts() {
        open = false;
        roomWanted = 0;
        inbox.forEach(ReceivingEnd::drop);
        inbox.clear();
    }

    private static void drop(Object item) {
        if (item instanceof Connection connection) {
            connection.copies--;
        }
    }

    // ---- what may happen next ------------------------------------------------------------------------------------

    boolean hasWork() {
        return lane.to.runs() && open && (writing != null || !inbox.isEmpty() || maySeeEnd());
    }

    private boolean maySeeEnd() {
        return !sawEnd && !lane.sender.isOpen();
    }

    /** Whether it is about to receive a connection. */
    boolean isAboutToReceive() {
        return lane.to.runs() && open && descriptorsExpected && inbox.peek() instanceof Connection;
    }

    /** What comes of the connection that it is about to receive, if not the usual. */
    void meets(Disturbance newFate) {
        fate = newFate;
    }

    /** The kernel takes what is being written, or gives what has arrived: a full lane can delay the one, but not the other. */
    void works() {
        boolean hasInput = !inbox.isEmpty() || maySeeEnd();
        if (writing != null && !(hasInput && ends.inputComesFirst())) {
            writes(writing);
            return;
        }
        Object next = inbox.poll();
        if (next == null) {
            sawEnd = true;
            on(new LaneEvent.InputEnded("the end"));
        } else if (next instanceof Connection connection) {
            connection.copies--;
            if (descriptorsExpected) {
                descriptorCame(connection);
            } else { // a descriptor among bytes vanishes, and leaves a byte
                on(new LaneEvent.Malformed("a stray byte"));
            }
        } else if (!descriptorsExpected) { // bytes among descriptors vanish
            on(
                    next instanceof LaneMessage message
                            ? new LaneEvent.Received(message)
                            : new LaneEvent.Malformed("nonsense"));
        }
    }

    /** One step of the kernel: either the whole message is in the lane, and with it the ownership, or the writing fails. */
    private void writes(LaneEffect.SendTaken taken) {
        writing = null;
        if (inHand != null && lane.sender.accepts(taken.message())) {
            taken.ahead().ifPresent(lane.sender::accepts);
            inHand.owner = lane.to;
            on(new LaneEvent.TakenWritten());
        } else {
            on(new LaneEvent.TakenNotWritten("closed"));
        }
    }

    private void descriptorCame(Connection connection) {
        Disturbance met = fate;
        fate = null;
        if (met == Disturbance.DESCRIPTOR_LOST) {
            on(new LaneEvent.DescriptorLost("none free"));
        } else if (met == Disturbance.WRONG_DESCRIPTOR) {
            on(new LaneEvent.WrongDescriptors("two"));
        } else {
            lane.to.gets(connection);
            inHand = connection;
            boolean awaited = state instanceof LaneReceiver.AwaitingDescriptor;
            on(
                    met == Disturbance.DECLINED
                            ? new LaneEvent.DescriptorRejected(DeclineReason.NOT_ACCEPTABLE, "no")
                            : new LaneEvent.DescriptorAccepted(awaited && ends.takesRoomAhead(lane)));
        }
    }

    /** What it waits for, if its process is there to notice that it waits in vain. */
    @Nullable
    LaneWait waitsFor() {
        return lane.to.runs() && open && wait != null ? wait.what() : null;
    }

    void deadline() {
        LaneEffect.Await over = wait;
        wait = null;
        if (over != null) {
            on(new LaneEvent.DeadlinePassed(over.what(), over.sequence()));
        }
    }

    boolean wantsRoom() {
        return lane.to.runs() && open && roomWanted > 0;
    }

    boolean looksForRoom() {
        if (!ends.takesRoom(lane)) {
            return false;
        }
        long sequence = roomWanted;
        roomWanted = 0;
        on(new LaneEvent.RoomFound(sequence));
        return true;
    }

    // ---- the rules at work ---------------------------------------------------------------------------------------

    private void on(LaneEvent event) {
        LaneStep<LaneReceiver> step = ends.step(state, event);
        state = step.next();
        if (!step.effects().isEmpty()) {
            wait = null;
        }
        for (LaneEffect effect : step.effects()) {
            perform(effect);
        }
    }

    private void perform(LaneEffect effect) {
        if (effect instanceof LaneEffect.Send send) {
            lane.sender.accepts(send.message());
        } else if (effect instanceof LaneEffect.SendTaken taken) {
            writing = taken;
        } else if (effect instanceof LaneEffect.Await await) {
            wait = await;
        } else if (effect instanceof LaneEffect.AwaitRoom await) {
            roomWanted = await.sequence();
        } else if (effect instanceof LaneEffect.ReleaseRoom) {
            ends.releasesRoom(lane);
        } else if (effect instanceof LaneEffect.ExpectDescriptor) {
            descriptorsExpected = true;
        } else if (effect instanceof LaneEffect.ExpectMessages) {
            descriptorsExpected = false;
        } else if (effect instanceof LaneEffect.CloseDescriptor && inHand != null) {
            lane.to.closes(inHand);
            inHand = null;
        } else if (effect instanceof LaneEffect.CloseLane) {
            shuts();
            ends.closes(lane);
        } else if (effect instanceof LaneEffect.DropSession) {
            ends.sessionDropped(lane);
        } else if (effect instanceof LaneEffect.Adopt adopt && inHand != null) {
            Connection ours = inHand;
            inHand = null;
            if (!adopt.header().equals(ours.header)) {
                throw new AssertionError("the header of %s with the descriptor of %s".formatted(adopt.header(), ours));
            }
            ends.adopted(lane, ours);
        }
    }

    @Override
    public String toString() {
        return state.getClass().getSimpleName();
    }
}
