package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.worker.Registration;
import dev.nettcp.sharing.worker.RegistrationEvent;

/** What the states and events of the tables are called here: as in the product, and so far apart as the tables tell them apart. */
final class Names {
    private static final ClassValue<String[]> OF_CLASS = new ClassValue<>() {
        @Override
        protected String[] computeValue(Class<?> type) {
            Class<?> table = type.getEnclosingClass();
            String name = type.getSimpleName();
            String full = table == null ? name : table.getSimpleName() + "." + name;
            return new String[] {full, name, name + " of another"};
        }
    };

    private static final String[] WRITING_TAKEN = {
        "LaneReceiver.WritingTaken",
        "LaneReceiver.WritingTaken with Ready",
        "LaneReceiver.WritingTaken, closing",
        "LaneReceiver.WritingTaken with Ready, closing"
    };

    private Names() {}

    static String of(LaneSender state) {
        return OF_CLASS.get(state.getClass())[0];
    }

    static String of(LaneReceiver state) {
        return state instanceof LaneReceiver.WritingTaken writing
                ? WRITING_TAKEN[
                        (writing.readyForNext() ? 1 : 0) + (writing.closing().isEmpty() ? 0 : 2)]
                : OF_CLASS.get(state.getClass())[0];
    }

    static String of(Registration state) {
        if (state instanceof Registration.Opening opening) {
            return opening.first() ? "Registration.Opening, first" : "Registration.Opening again";
        } else if (state instanceof Registration.Asking asking) {
            return asking.first() ? "Registration.Asking, first" : "Registration.Asking again";
        }
        return OF_CLASS.get(state.getClass())[0];
    }

    static String of(LaneEvent event, LaneSender state) {
        return ofLane(event, sequence(state));
    }

    static String of(LaneEvent event, LaneReceiver state) {
        boolean readsNone =
                state instanceof LaneReceiver.WritingTaken || state instanceof LaneReceiver.AwaitingDescriptor;
        return readsNone && event instanceof LaneEvent.Received ? "any message" : ofLane(event, sequence(state));
    }

    /** Whether the event is about the offer of the state makes a difference. */
    private static String ofLane(LaneEvent event, long sequence) {
        if (event instanceof LaneEvent.Received received) {
            return ofOffer(received.message(), received.message().sequence() == sequence);
        } else if (event instanceof LaneEvent.DeadlinePassed deadline) {
            return ofOffer(deadline, deadline.sequence() == sequence);
        } else if (event instanceof LaneEvent.RoomFound room) {
            return ofOffer(room, room.sequence() == sequence);
        } else if (event instanceof LaneEvent.DescriptorAccepted accepted && accepted.roomForNext()) {
            return "DescriptorAccepted and room for the next";
        }
        return ofOffer(event, true);
    }

    static String of(RegistrationEvent event, Registration state) {
        int ofEvent = attempt(event);
        int ofState = attempt(state);
        return ofOffer(event, ofEvent == 0 || ofState == 0 || ofEvent == ofState);
    }

    private static String ofOffer(Object what, boolean thisOne) {
        return OF_CLASS.get(what.getClass())[thisOne ? 1 : 2];
    }

    /** Of the offer that is under way, or of the next one; 0 if there is none. */
    static long sequence(LaneSender state) {
        if (state instanceof LaneSender.Idle idle) {
            return idle.next();
        } else if (state instanceof LaneSender.ReadyAhead ready) {
            return ready.next();
        } else if (state instanceof LaneSender.Offered offered) {
            return offered.sequence();
        } else if (state instanceof LaneSender.Passing passing) {
            return passing.sequence();
        } else if (state instanceof LaneSender.Draining draining) {
            return draining.sequence();
        }
        return 0;
    }

    private static long sequence(LaneReceiver state) {
        if (state instanceof LaneReceiver.Idle idle) {
            return idle.next();
        } else if (state instanceof LaneReceiver.ReadyAhead ready) {
            return ready.next();
        } else if (state instanceof LaneReceiver.WaitingForRoom waiting) {
            return waiting.offer().sequence();
        } else if (state instanceof LaneReceiver.AwaitingDescriptor awaiting) {
            return awaiting.offer().sequence();
        } else if (state instanceof LaneReceiver.WritingTaken writing) {
            return writing.offer().sequence();
        }
        return 0;
    }

    /** 0 if there is none. */
    private static int attempt(Registration state) {
        if (state instanceof Registration.Opening opening) {
            return opening.attempt();
        } else if (state instanceof Registration.Asking asking) {
            return asking.attempt();
        } else if (state instanceof Registration.Holding holding) {
            return holding.attempt();
        } else if (state instanceof Registration.Waiting waiting) {
            return waiting.attempt();
        } else if (state instanceof Registration.Releasing releasing) {
            return releasing.attempt();
        }
        return 0;
    }

    private static int attempt(RegistrationEvent event) {
        if (event instanceof RegistrationEvent.SessionOpened opened) {
            return opened.attempt();
        } else if (event instanceof RegistrationEvent.SessionFailed failed) {
            return failed.attempt();
        } else if (event instanceof RegistrationEvent.Registered registered) {
            return registered.attempt();
        } else if (event instanceof RegistrationEvent.RegistrationRefused refused) {
            return refused.attempt();
        } else if (event instanceof RegistrationEvent.SessionLost lost) {
            return lost.attempt();
        } else if (event instanceof RegistrationEvent.Unregistered unregistered) {
            return unregistered.attempt();
        } else if (event instanceof RegistrationEvent.AnswerOverdue overdue) {
            return overdue.attempt();
        } else if (event instanceof RegistrationEvent.RetryDue due) {
            return due.attempt();
        }
        return 0;
    }
}
