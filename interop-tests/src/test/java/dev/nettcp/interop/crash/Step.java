package dev.nettcp.interop.crash;

import dev.nettcp.sharing.ControlMessage.LaneMessage;
import dev.nettcp.sharing.ControlMessage.Offer;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.LaneEvent;
import java.util.function.Predicate;

/**
 * The steps of a connection over a lane, in their order, each at one of its ends. The sender is the service in a handover and
 * the worker in a return.
 */
enum Step {
    /** A lane was found for it; the offer is not written. */
    OFFERING(End.SENDER, Moment.BEFORE, LaneEvent.HandOver.class::isInstance),
    OFFERED(End.SENDER, Moment.AFTER, LaneEvent.HandOver.class::isInstance),
    OFFER_READ(End.RECEIVER, Moment.BEFORE, received(Offer.class)),
    READY_WRITTEN(End.RECEIVER, Moment.AFTER, LaneEvent.RoomFound.class::isInstance),
    READY_READ(End.SENDER, Moment.BEFORE, received(Ready.class)),
    DESCRIPTOR_SENT(End.SENDER, Moment.AFTER, received(Ready.class)),
    DESCRIPTOR_READ(End.RECEIVER, Moment.BEFORE, LaneEvent.DescriptorAccepted.class::isInstance),
    /** Taken is in the lane; the receiver has not touched the connection. */
    TAKEN_WRITTEN(End.RECEIVER, Moment.AFTER, LaneEvent.DescriptorAccepted.class::isInstance),
    ADOPTED(End.RECEIVER, Moment.AFTER, LaneEvent.TakenWritten.class::isInstance),
    /** The sender knows it is given away; its copy is still open. */
    TAKEN_READ(End.SENDER, Moment.BEFORE, received(Taken.class)),
    COPY_CLOSED(End.SENDER, Moment.AFTER, received(Taken.class));

    /** Which end of the lane reaches the step. */
    enum End {
        SENDER,
        RECEIVER
    }

    /** Before or after what an event leads to is done. */
    enum Moment {
        BEFORE,
        AFTER
    }

    private final End end;
    private final Moment moment;

    @SuppressWarnings("ImmutableEnumChecker") // all of them are without state
    private final Predicate<LaneEvent> event;

    Step(End end, Moment moment, Predicate<LaneEvent> event) {
        this.end = end;
        this.moment = moment;
        this.event = event;
    }

    End end() {
        return end;
    }

    boolean isReached(Moment now, LaneEvent by) {
        return now == moment && event.test(by);
    }

    private static Predicate<LaneEvent> received(Class<? extends LaneMessage> message) {
        return event -> event instanceof LaneEvent.Received received && message.isInstance(received.message());
    }
}
