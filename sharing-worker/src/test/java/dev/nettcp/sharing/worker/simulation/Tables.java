package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.ControlMessage.Declined;
import dev.nettcp.sharing.ControlMessage.LaneMessage;
import dev.nettcp.sharing.ControlMessage.Offer;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneStep;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.LaneWait;
import dev.nettcp.sharing.worker.Registration;
import dev.nettcp.sharing.worker.RegistrationEvent;
import dev.nettcp.sharing.worker.simulation.Seen.Moment;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What there is to be seen: the tables of the product, asked with one sample of each state and of each event. */
final class Tables {
    private static final HandoverHeader HEADER =
            new HandoverHeader("net.tcp://h/a", Connection.END, Connection.END, Unpooled.EMPTY_BUFFER);

    private static final List<LaneSender> SENDERS = List.of(
            new LaneSender.Idle(1),
            new LaneSender.ReadyAhead(1),
            new LaneSender.Offered(1),
            new LaneSender.Passing(1),
            new LaneSender.Draining(1, "late"),
            new LaneSender.Closed());

    private static final List<LaneReceiver> RECEIVERS = receivers();

    private static final List<Registration> REGISTRATIONS = List.of(
            new Registration.Created(),
            new Registration.Opening(1, 0, true),
            new Registration.Opening(1, 0, false),
            new Registration.Asking(1, 0, true),
            new Registration.Asking(1, 0, false),
            new Registration.Holding(1),
            new Registration.Waiting(1, 1),
            new Registration.Releasing(1),
            new Registration.Ended());

    private Tables() {}

    private static List<LaneReceiver> receivers() {
        Offer offer = new Offer(1, HEADER);
        return List.of(
                new LaneReceiver.Idle(1),
                new LaneReceiver.ReadyAhead(1),
                new LaneReceiver.WaitingForRoom(offer),
                new LaneReceiver.AwaitingDescriptor(offer),
                new LaneReceiver.WritingTaken(offer, false, ""),
                new LaneReceiver.WritingTaken(offer, true, ""),
                new LaneReceiver.WritingTaken(offer, false, "closed"),
                new LaneReceiver.WritingTaken(offer, true, "closed"),
                new LaneReceiver.Closed());
    }

    private static List<LaneEvent> laneEvents() {
        List<LaneEvent> events = new ArrayList<>(List.of(
                new LaneEvent.HandOver(HEADER),
                new LaneEvent.Malformed("nonsense"),
                new LaneEvent.InputEnded("gone"),
                new LaneEvent.CloseRequested("enough"),
                new LaneEvent.DescriptorNotSent("not sent"),
                new LaneEvent.DescriptorAccepted(false),
                new LaneEvent.DescriptorAccepted(true),
                new LaneEvent.DescriptorRejected(DeclineReason.NOT_ACCEPTABLE, "not mine"),
                new LaneEvent.DescriptorLost("full"),
                new LaneEvent.WrongDescriptors("two"),
                new LaneEvent.TakenWritten(),
                new LaneEvent.TakenNotWritten("not written")));
        for (long sequence = 1; sequence <= 2; sequence++) {
            for (LaneMessage message : List.of(
                    new Offer(sequence, HEADER),
                    new Ready(sequence),
                    new Taken(sequence),
                    new Declined(sequence, DeclineReason.CLOSING, "bye"))) {
                events.add(new LaneEvent.Received(message));
            }
            for (LaneWait wait : LaneWait.values()) {
                events.add(new LaneEvent.DeadlinePassed(wait, sequence));
            }
            events.add(new LaneEvent.RoomFound(sequence));
        }
        return events;
    }

    private static List<RegistrationEvent> registrationEvents() {
        Exception cause = new Exception("gone");
        return List.of(
                new RegistrationEvent.Open(),
                new RegistrationEvent.Stop(),
                new RegistrationEvent.SessionOpened(1),
                new RegistrationEvent.SessionFailed(1, cause),
                new RegistrationEvent.Registered(1, LaneToken.of(new byte[LaneToken.SIZE]), 2),
                new RegistrationEvent.RegistrationRefused(1, cause),
                new RegistrationEvent.SessionLost(1, cause),
                new RegistrationEvent.Unregistered(1),
                new RegistrationEvent.AnswerOverdue(1, cause),
                new RegistrationEvent.RetryDue(1));
    }

    /** Every event of a table that leads to something: to another state, or to something that is done. */
    static Set<Moment> transitions() {
        Set<Moment> found = new TreeSet<>();
        for (LaneEvent event : laneEvents()) {
            for (LaneSender state : SENDERS) {
                if (leadsSomewhere(state, event)) {
                    found.add(new Moment(Names.of(state), Names.of(event, state)));
                }
            }
            for (LaneReceiver state : RECEIVERS) {
                if (leadsSomewhere(state.on(event), state)) {
                    found.add(new Moment(Names.of(state), Names.of(event, state)));
                }
            }
        }
        for (RegistrationEvent event : registrationEvents()) {
            for (Registration state : REGISTRATIONS) {
                Registration.Step step = state.on(event);
                if (!step.next().equals(state) || !step.effects().isEmpty()) {
                    found.add(new Moment(Names.of(state), Names.of(event, state)));
                }
            }
        }
        return found;
    }

    /** A sender that is busy refuses a second connection: that is an error of its user, and no transition. */
    private static boolean leadsSomewhere(LaneSender state, LaneEvent event) {
        boolean busy = state instanceof LaneSender.Offered
                || state instanceof LaneSender.Passing
                || state instanceof LaneSender.Draining;
        return !(busy && event instanceof LaneEvent.HandOver) && leadsSomewhere(state.on(event), state);
    }

    private static boolean leadsSomewhere(LaneStep<?> step, Object from) {
        return !step.next().equals(from) || !step.effects().isEmpty();
    }

    /** Every state of both ends of a lane with everything that can hit a lane, and every one of a registration likewise. */
    static Set<Moment> disturbances() {
        Set<Moment> found = new TreeSet<>();
        for (Disturbance disturbance : Disturbance.values()) {
            if (disturbance.hitsLanes()) {
                SENDERS.forEach(state -> found.add(new Moment(Names.of(state), disturbance.name())));
                RECEIVERS.forEach(state -> found.add(new Moment(Names.of(state), disturbance.name())));
            }
            if (disturbance.hitsRegistrations()) {
                REGISTRATIONS.forEach(state -> found.add(new Moment(Names.of(state), disturbance.name())));
            }
        }
        return found;
    }

    /** The classes of states of which there is a sample. */
    static Set<Class<?>> states() {
        Set<Class<?>> states = new HashSet<>();
        SENDERS.forEach(state -> states.add(state.getClass()));
        RECEIVERS.forEach(state -> states.add(state.getClass()));
        REGISTRATIONS.forEach(state -> states.add(state.getClass()));
        return states;
    }
}
