package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.framing.via.PrefixTable;
import dev.nettcp.sharing.ControlMessage.Declined;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneEffect;
import dev.nettcp.sharing.LaneEffect.Adopt;
import dev.nettcp.sharing.LaneEffect.CloseDescriptor;
import dev.nettcp.sharing.LaneEffect.CloseLane;
import dev.nettcp.sharing.LaneEffect.Conclude;
import dev.nettcp.sharing.LaneEffect.ReleaseRoom;
import dev.nettcp.sharing.LaneEvent;
import dev.nettcp.sharing.LaneReceiver;
import dev.nettcp.sharing.LaneSender;
import dev.nettcp.sharing.LaneStep;
import dev.nettcp.sharing.LaneWait;
import dev.nettcp.sharing.RouteOwner;
import dev.nettcp.sharing.worker.Registration;
import dev.nettcp.sharing.worker.RegistrationEffect;
import dev.nettcp.sharing.worker.RegistrationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules with one mistake each. Whoever can make it unnoticed by the simulation cannot trust it. */
@SuppressWarnings("ImmutableEnumChecker") // rules have no state
enum BrokenRule {

    // ---- the end of a lane that gives connections away -----------------------------------------------------------

    NEVER_OFFERS(new Rules() {
        @Override
        LaneStep<LaneSender> step(LaneSender state, LaneEvent event) {
            return event instanceof LaneEvent.HandOver ? failing() : super.step(state, event);
        }
    }),

    /** When Taken does not come in time, the connection is the sender's, whatever is in the lane: two owners. */
    DOES_NOT_DRAIN(new Rules() {
        @Override
        LaneStep<LaneSender> step(LaneSender state, LaneEvent event) {
            return state instanceof LaneSender.Passing
                            && event instanceof LaneEvent.DeadlinePassed deadline
                            && deadline.what() == LaneWait.TAKEN
                    ? failing()
                    : super.step(state, event);
        }
    }),

    /** What was sent is gone, as the original service has it. */
    CLOSES_ITS_COPY_BEFORE_TAKEN(new Rules() {
        @Override
        LaneStep<LaneSender> step(LaneSender state, LaneEvent event) {
            LaneStep<LaneSender> step = super.step(state, event);
            return step.effects().contains(new LaneEffect.SendDescriptor())
                    ? with(step, new Conclude(new HandoverOutcome.Taken()))
                    : step;
        }
    }),

    TAKES_DECLINED_FOR_TAKEN(new Rules() {
        @Override
        LaneStep<LaneSender> step(LaneSender state, LaneEvent event) {
            return event instanceof LaneEvent.Received received && received.message() instanceof Declined declined
                    ? super.step(state, new LaneEvent.Received(new Taken(declined.sequence())))
                    : super.step(state, event);
        }
    }),

    LEAVES_A_BROKEN_LANE_OPEN(new Rules() {
        @Override
        LaneStep<LaneSender> step(LaneSender state, LaneEvent event) {
            LaneStep<LaneSender> step = super.step(state, event);
            return state instanceof LaneSender.Offered ? without(step, CloseLane.class) : step;
        }
    }),

    // ---- the end of a lane that takes connections ----------------------------------------------------------------

    DECLINES_EVERY_DESCRIPTOR(new Rules() {
        @Override
        LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event) {
            return super.step(
                    state,
                    event instanceof LaneEvent.DescriptorAccepted
                            ? new LaneEvent.DescriptorRejected(DeclineReason.NOT_ACCEPTABLE, "no")
                            : event);
        }
    }),

    FORGETS_THE_KEPT_PLACE(new Rules() {
        @Override
        LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event) {
            LaneStep<LaneReceiver> step = super.step(state, event);
            return state instanceof LaneReceiver.WritingTaken writing
                            && writing.readyForNext()
                            && event instanceof LaneEvent.TakenWritten
                    ? without(step, ReleaseRoom.class)
                    : step;
        }
    }),

    FORGETS_THE_PLACE_IT_KEEPS_ON_AN_IDLE_LANE(new Rules() {
        @Override
        LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event) {
            LaneStep<LaneReceiver> step = super.step(state, event);
            return state instanceof LaneReceiver.ReadyAhead ? without(step, ReleaseRoom.class) : step;
        }
    }),

    WRITES_BEFORE_TAKEN(new Rules() {
        @Override
        LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event) {
            LaneStep<LaneReceiver> step = super.step(state, event);
            return step.next() instanceof LaneReceiver.WritingTaken writing
                            && event instanceof LaneEvent.DescriptorAccepted
                    ? with(step, new Adopt(writing.offer().header()))
                    : step;
        }
    }),

    /** Taken could not be written, and the receiver keeps the connection all the same. */
    BOTH_ENDS_KEEP(new Rules() {
        @Override
        LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event) {
            return super.step(state, event instanceof LaneEvent.TakenNotWritten ? new LaneEvent.TakenWritten() : event);
        }
    }),

    KEEPS_THE_DESCRIPTOR_OF_A_BROKEN_LANE(new Rules() {
        @Override
        LaneStep<LaneReceiver> step(LaneReceiver state, LaneEvent event) {
            return without(super.step(state, event), CloseDescriptor.class);
        }
    }),

    // ---- registration --------------------------------------------------------------------------------------------

    /** The session is lost for the worker, and left open. */
    LEAVES_ITS_REGISTRATION_BEHIND(new Rules() {
        @Override
        Registration.Step step(Registration state, RegistrationEvent event) {
            return without(super.step(state, event), RegistrationEffect.CloseSession.class);
        }
    }),

    LEAVES_ITS_SESSION_WHEN_IT_STOPS_IN_VAIN(new Rules() {
        @Override
        Registration.Step step(Registration state, RegistrationEvent event) {
            Registration.Step step = super.step(state, event);
            return state instanceof Registration.Releasing && event instanceof RegistrationEvent.AnswerOverdue
                    ? without(step, RegistrationEffect.CloseSession.class)
                    : step;
        }
    }),

    REGISTERS_AFTER_THE_END(new Rules() {
        @Override
        Registration.Step step(Registration state, RegistrationEvent event) {
            return state instanceof Registration.Ended && event instanceof RegistrationEvent.SessionOpened late
                    ? new Registration.Step(state, List.of(new RegistrationEffect.SendRegister(late.attempt())))
                    : super.step(state, event);
        }
    }),

    REGISTERS_TWICE(new Rules() {
        @Override
        Registration.Step step(Registration state, RegistrationEvent event) {
            return state instanceof Registration.Holding holding && event instanceof RegistrationEvent.AnswerOverdue
                    ? new Registration.Step(
                            new Registration.Opening(holding.attempt() + 1, 0, false),
                            List.of(new RegistrationEffect.OpenSession(holding.attempt() + 1)))
                    : super.step(state, event);
        }
    }),

    BELIEVES_A_FORMER_SESSION(new Rules() {
        @Override
        Registration.Step step(Registration state, RegistrationEvent event) {
            return state instanceof Registration.Asking asking && event instanceof RegistrationEvent.Registered late
                    ? super.step(state, new RegistrationEvent.Registered(asking.attempt(), late.token(), late.lanes()))
                    : super.step(state, event);
        }
    }),

    WAITS_FOR_EVER_FOR_AN_ANSWER(new Rules() {
        @Override
        Registration.Step step(Registration state, RegistrationEvent event) {
            return without(super.step(state, event), RegistrationEffect.AwaitAnswer.class);
        }
    }),

    GIVES_UP_AFTER_A_LOSS(new Rules() {
        @Override
        Registration.Step step(Registration state, RegistrationEvent event) {
            return without(super.step(state, event), RegistrationEffect.WaitToRetry.class);
        }
    }),

    KEEPS_ITS_LANES_WHEN_THE_SESSION_IS_LOST(new Rules() {
        @Override
        Registration.Step step(Registration state, RegistrationEvent event) {
            Registration.Step step = super.step(state, event);
            return event instanceof RegistrationEvent.SessionLost
                    ? without(step, RegistrationEffect.CloseLanes.class)
                    : step;
        }
    }),

    KEEPS_ITS_LANES_WHEN_IT_STOPS(new Rules() {
        @Override
        Registration.Step step(Registration state, RegistrationEvent event) {
            Registration.Step step = super.step(state, event);
            return event instanceof RegistrationEvent.Stop ? without(step, RegistrationEffect.CloseLanes.class) : step;
        }
    }),

    FORGETS_A_LANE(new Rules() {
        @Override
        boolean opensLane(int openNow, int openedSoFar) {
            return openedSoFar < lanes(); // another is not opened when one ends
        }
    }),

    // ---- the service, and what comes back to it ------------------------------------------------------------------

    ROUTES_TO_THE_SHORTEST_MATCH(new Rules() {
        @Override
        @Nullable
        Session route(PrefixTable<Session> routes, Address destination) {
            Session above = super.route(routes, Address.SHOP);
            return above != null && Address.SHOP.serves(destination) ? above : super.route(routes, destination);
        }
    }),

    ROUTES_TWICE(new Rules() {
        @Override
        int routesAfterFailedOffer() {
            return 2;
        }
    }),

    GIVES_UP_AT_ONCE(new Rules() {
        @Override
        int attempts() {
            return 1;
        }
    }),

    GRANTS_AN_ADDRESS_TWICE(new Rules() {
        @Override
        boolean grants(boolean isTaken) {
            return true;
        }
    }),

    KEEPS_A_REGISTRATION_WITHOUT_A_SESSION(new Rules() {
        @Override
        boolean withdrawsWithTheSession() {
            return false;
        }
    }),

    HANDS_WHAT_CAME_BACK_TO_ANOTHER_USER(new Rules() {
        @Override
        boolean mayGetReturned(Worker receiver, Worker returner) {
            return true;
        }
    }),

    GIVES_BACK_FOR_ANOTHER_USER(new Rules() {
        @Override
        ReuseDecision reuse(Optional<RouteOwner> answer, boolean servedHere) {
            return answer.equals(Optional.of(RouteOwner.OTHER_USER))
                    ? ReuseDecision.RETURN
                    : super.reuse(answer, servedHere);
        }
    }),

    GIVES_BACK_TWICE(new Rules() {
        @Override
        boolean returnsAgain() {
            return true;
        }
    }),

    KEEPS_WHAT_IS_FOR_ANOTHER_WORKER(new Rules() {
        @Override
        ReuseDecision reuse(Optional<RouteOwner> answer, boolean servedHere) {
            return answer.isPresent() ? ReuseDecision.KEEP : super.reuse(answer, servedHere);
        }
    }),

    KEEPS_WHAT_NOBODY_CAN_SAY_IS_ITS_OWN(new Rules() {
        @Override
        ReuseDecision reuse(Optional<RouteOwner> answer, boolean servedHere) {
            return answer.isEmpty() ? ReuseDecision.KEEP : super.reuse(answer, servedHere);
        }
    });

    final Rules rules;

    BrokenRule(Rules rules) {
        this.rules = rules;
    }

    private static LaneStep<LaneSender> failing() {
        return new LaneStep<>(
                new LaneSender.Closed(),
                List.of(new Conclude(new HandoverOutcome.Failed("broken", true)), new CloseLane("broken")));
    }

    private static <S> LaneStep<S> with(LaneStep<S> step, LaneEffect more) {
        List<LaneEffect> effects = new ArrayList<>(step.effects());
        effects.add(more);
        return new LaneStep<>(step.next(), effects);
    }

    private static <S> LaneStep<S> without(LaneStep<S> step, Class<? extends LaneEffect> unwanted) {
        return new LaneStep<>(
                step.next(),
                step.effects().stream()
                        .filter(effect -> !unwanted.isInstance(effect))
                        .toList());
    }

    private static Registration.Step without(Registration.Step step, Class<? extends RegistrationEffect> unwanted) {
        return new Registration.Step(
                step.next(),
                step.effects().stream()
                        .filter(effect -> !unwanted.isInstance(effect))
                        .toList());
    }
}
