package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.ControlMessage.LaneMessage;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.LaneEffect;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneStep;
import dev.nettcp.sharing.LaneWait;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The end of a lane that gives connections away: its rules, and what the kernel keeps for it. */
final class SendingEnd {
    private final Lane lane;
    private final Lane.Ends ends;

    /** What the receiver has written, and is not read yet: messages, or nonsense. */
    private final Queue<Object> inbox = new ArrayDeque<>();

    private final Queue<LaneEvent> due = new ArrayDeque<>();
    private LaneSender state = LaneSender.start();
    private LaneEffect.@Nullable Await wait;
    private @Nullable Connection offered;
    private boolean open = true;
    private boolean reads = true;
    private boolean sawEnd;

    SendingEnd(Lane lane, Lane.Ends ends) {
        this.lane = lane;
        this.ends = ends;
    }

    LaneSender state() {
        return state;
    }

    boolean isOpen() {
        return open;
    }

    boolean isBetweenMessages() {
        return open && reads && due.isEmpty() && inbox.isEmpty();
    }

    /** Of the offer that is under way, or of the next one; a number of no meaning if there is none. */
    long sequence() {
        return Names.sequence(state);
    }

    @Nullable
    HandoverHeader offeredHeader() {
        return offered == null ? null : offered.header;
    }

    boolean hasUnread() {
        return !inbox.isEmpty();
    }

    boolean isIdle() {
        return open && offered == null;
    }

    void handOver(Connection connection) {
        offered = connection;
        on(new LaneEvent.HandOver(connection.header));
    }

    void close() {
        if (open) {
            on(new LaneEvent.CloseRequested("wanted"));
        }
    }

    void dies() {
        open = false;
        offered = null;
    }

    // ---- the kernel ----------------------------------------------------------------------------------------------

    /** One step: the message is in the lane, or the writing fails. */
    boolean accepts(Object message) {
        boolean written = open && reads;
        if (written) {
            inbox.add(message);
        }
        return written;
    }

    /** Loses what would be read next; never a Taken, whose queueing is what moves the ownership. */
    boolean losesNext() {
        boolean loses = open && !inbox.isEmpty() && !(inbox.peek() instanceof Taken);
        if (loses) {
            inbox.remove();
        }
        return loses;
    }

    // ---- what may happen next ------------------------------------------------------------------------------------

    boolean hasWork() {
        return lane.from.runs() && open && (!due.isEmpty() || !inbox.isEmpty() || maySeeEnd());
    }

    private boolean maySeeEnd() {
        return !sawEnd && (!lane.receiver.isOpen() || !reads);
    }

    /** What became of our own writing, or what has arrived, whichever the kernel tells first. */
    void works() {
        boolean hasInput = !inbox.isEmpty() || maySeeEnd();
        if (!due.isEmpty() && !(hasInput && ends.inputComesFirst())) {
            on(due.remove());
        } else if (!inbox.isEmpty()) {
            Object next = inbox.remove();
            on(
                    next instanceof LaneMessage message
                            ? new LaneEvent.Received(message)
                            : new LaneEvent.Malformed("nonsense"));
        } else {
            sawEnd = true;
            on(new LaneEvent.InputEnded("the end"));
        }
    }

    /** What it waits for, if its process is there to notice that it waits in vain. */
    @Nullable
    LaneWait waitsFor() {
        return lane.from.runs() && open && wait != null ? wait.what() : null;
    }

    void deadline() {
        LaneEffect.Await over = wait;
        wait = null;
        if (over != null) {
            if (over.what() == LaneWait.READY && offered != null) {
                offered.late = true; // it is what is left of the connection's time
            }
            on(new LaneEvent.DeadlinePassed(over.what(), over.sequence()));
        }
    }

    // ---- the rules at work ---------------------------------------------------------------------------------------

    private void on(LaneEvent event) {
        LaneStep<LaneSender> step = ends.step(state, event);
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
            lane.receiver.accepts(send.message());
        } else if (effect instanceof LaneEffect.SendDescriptor && offered != null) {
            if (!lane.receiver.accepts(offered)) {
                due.add(new LaneEvent.DescriptorNotSent("closed"));
            }
        } else if (effect instanceof LaneEffect.Await await) {
            wait = await;
        } else if (effect instanceof LaneEffect.StopReading) {
            reads = false;
        } else if (effect instanceof LaneEffect.CloseLane) {
            open = false;
            inbox.clear();
            ends.closes(lane);
        } else if (effect instanceof LaneEffect.Conclude conclude && offered != null) {
            Connection decided = offered;
            offered = null;
            ends.concluded(lane, decided, conclude.outcome());
        }
    }

    @Override
    public String toString() {
        return state.getClass().getSimpleName();
    }
}
