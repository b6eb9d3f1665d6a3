package dev.nettcp.sharing;

import static dev.nettcp.sharing.LaneStep.ignored;
import static dev.nettcp.sharing.LaneStep.to;

import dev.nettcp.sharing.ControlMessage.Declined;
import dev.nettcp.sharing.ControlMessage.Offer;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.LaneEffect.Adopt;
import dev.nettcp.sharing.LaneEffect.Await;
import dev.nettcp.sharing.LaneEffect.AwaitRoom;
import dev.nettcp.sharing.LaneEffect.CloseDescriptor;
import dev.nettcp.sharing.LaneEffect.CloseLane;
import dev.nettcp.sharing.LaneEffect.DropSession;
import dev.nettcp.sharing.LaneEffect.ExpectDescriptor;
import dev.nettcp.sharing.LaneEffect.ExpectMessages;
import dev.nettcp.sharing.LaneEffect.ReleaseRoom;
import dev.nettcp.sharing.LaneEffect.Send;
import dev.nettcp.sharing.LaneEffect.SendTaken;
import dev.nettcp.sharing.LaneEvent.CloseRequested;
import dev.nettcp.sharing.LaneEvent.DeadlinePassed;
import dev.nettcp.sharing.LaneEvent.DescriptorAccepted;
import dev.nettcp.sharing.LaneEvent.DescriptorLost;
import dev.nettcp.sharing.LaneEvent.DescriptorRejected;
import dev.nettcp.sharing.LaneEvent.InputEnded;
import dev.nettcp.sharing.LaneEvent.Malformed;
import dev.nettcp.sharing.LaneEvent.Received;
import dev.nettcp.sharing.LaneEvent.RoomFound;
import dev.nettcp.sharing.LaneEvent.TakenNotWritten;
import dev.nettcp.sharing.LaneEvent.TakenWritten;
import dev.nettcp.sharing.LaneEvent.WrongDescriptors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of the end of a lane that takes connections: the worker's in a handover, the service's in a return. No socket,
 * no clock, no thread: events come in, the next state and what is to be done come out.
 *
 * <pre>
 *          Offer                  RoomFound                     accepted                 written
 *   Idle ────────▶ WaitingForRoom ─────────▶ AwaitingDescriptor ─────────▶ WritingTaken ─────────▶ Idle   (ours)
 *    ▲                                         ▲ │ rejected, lost              │ │ not written
 *    └─────────────────────────────────────────│─┘                             │ └──▶ Closed   (closed untouched)
 *                                        Offer │           written with Ready  ▼
 *                                              └────────────────────────── ReadyAhead                     (ours)
 * </pre>
 *
 * With Taken it may say Ready for the next connection as well, for which it has reserved a place: then the descriptor follows the
 * offer at once.
 *
 * A descriptor in hand is not ours before Taken has been written: until then it is neither read, written, shut down nor
 * given an option, and when the writing fails it is closed, and no more than closed.
 */
public sealed interface LaneReceiver {
    /** The state of a new lane. */
    static LaneReceiver start() {
        return new Idle(1);
    }

    /** What this event leads to. An event that cannot matter any more, such as a late deadline, leads nowhere. */
    LaneStep<LaneReceiver> on(LaneEvent event);

    /** Nothing is under way; {@code next} is the sequence number the next offer must carry. */
    record Idle(long next) implements LaneReceiver {
        @Override
        public LaneStep<LaneReceiver> on(LaneEvent event) {
            if (event instanceof Received received) {
                if (received.message() instanceof Offer offer && offer.sequence() == next) {
                    return to(new WaitingForRoom(offer), new AwaitRoom(next));
                }
                return closed("%s where Offer %d is allowed".formatted(received.message(), next));
            }
            return ending(event).map(LaneReceiver::closed).orElseGet(() -> ignored(this));
        }
    }

    /** An offer is known and unanswered: the back-pressure. */
    record WaitingForRoom(Offer offer) implements LaneReceiver {
        @Override
        public LaneStep<LaneReceiver> on(LaneEvent event) {
            if (event instanceof RoomFound found && found.sequence() == offer.sequence()) {
                return to(
                        new AwaitingDescriptor(offer),
                        new ExpectDescriptor(),
                        new Send(new Ready(offer.sequence())),
                        new Await(LaneWait.DESCRIPTOR, offer.sequence()));
            } else if (event instanceof Received received) {
                return closed("%s while offer %d is unanswered".formatted(received.message(), offer.sequence()));
            }
            return ending(event).map(LaneReceiver::closed).orElseGet(() -> ignored(this));
        }
    }

    /** Nothing is under way; a place is kept for the connection of the next offer, and Ready has been said. */
    record ReadyAhead(long next) implements LaneReceiver {
        @Override
        public LaneStep<LaneReceiver> on(LaneEvent event) {
            if (event instanceof Received received) {
                if (received.message() instanceof Offer offer && offer.sequence() == next) {
                    return to(
                            new AwaitingDescriptor(offer),
                            new ExpectDescriptor(),
                            new Await(LaneWait.DESCRIPTOR, next));
                }
                return abandoned("%s where Offer %d is allowed".formatted(received.message(), next));
            }
            return ending(event).map(LaneReceiver::abandoned).orElseGet(() -> ignored(this));
        }
    }

    /** Ready is out; the lane is read for a descriptor and nothing else. */
    record AwaitingDescriptor(Offer offer) implements LaneReceiver {
        @Override
        public LaneStep<LaneReceiver> on(LaneEvent event) {
            long sequence = offer.sequence();
            if (event instanceof DescriptorAccepted accepted) {
                return to(
                        new WritingTaken(offer, accepted.roomForNext(), ""),
                        new ExpectMessages(),
                        new SendTaken(
                                new Taken(sequence),
                                accepted.roomForNext() ? Optional.of(new Ready(sequence + 1)) : Optional.empty()));
            } else if (event instanceof DescriptorRejected rejected) {
                return to(
                        new Idle(sequence + 1),
                        new ExpectMessages(),
                        new CloseDescriptor(),
                        new ReleaseRoom(),
                        decline(offer, rejected.reason(), rejected.text()));
            } else if (event instanceof DescriptorLost lost) {
                return to(
                        new Idle(sequence + 1),
                        new ExpectMessages(),
                        new ReleaseRoom(),
                        decline(offer, DeclineReason.DESCRIPTOR_LIMIT, lost.why()));
            } else if (event instanceof WrongDescriptors wrong) {
                return distrusted(wrong.why());
            } else if (event instanceof DeadlinePassed deadline && deadline.is(LaneWait.DESCRIPTOR, sequence)) {
                return distrusted("no descriptor came within the time for it");
            } else if (event instanceof Received received) {
                return distrusted(
                        "%s where the descriptor of offer %d is allowed".formatted(received.message(), sequence));
            }
            return ending(event).map(LaneReceiver::abandoned).orElseGet(() -> ignored(this));
        }

        /** A peer that sends no descriptor, several, or one of something else, may not go on in its session either. */
        private static LaneStep<LaneReceiver> distrusted(String why) {
            return to(new Closed(), new ReleaseRoom(), new CloseLane(why), new DropSession(why));
        }
    }

    /**
     * The descriptor is in hand and Taken is being written: only the outcome of this writing counts, whatever else happens
     * to the lane.
     *
     * @param readyForNext whether Ready for the next connection goes with it, and a place is kept for that one
     * @param closing why the lane is to be closed afterwards; empty if it lives on
     */
    record WritingTaken(Offer offer, boolean readyForNext, String closing) implements LaneReceiver {
        @Override
        public LaneStep<LaneReceiver> on(LaneEvent event) {
            if (event instanceof TakenWritten) {
                return closing.isEmpty() ? goesOn() : ends(new Adopt(offer.header()), closing);
            } else if (event instanceof TakenNotWritten not) {
                return ends(new CloseDescriptor(), not.why());
            } else if (event instanceof Received received) {
                return to(closing(received.message() + " before Taken was written"));
            }
            return ending(event)
                    .map(why -> LaneStep.<LaneReceiver>to(closing(why)))
                    .orElseGet(() -> ignored(this));
        }

        private LaneStep<LaneReceiver> goesOn() {
            long next = offer.sequence() + 1;
            return to(readyForNext ? new ReadyAhead(next) : new Idle(next), new Adopt(offer.header()));
        }

        /** Every place that is still had is given back: this one's if it is not taken, and the next one's. */
        private LaneStep<LaneReceiver> ends(LaneEffect withDescriptor, String why) {
            List<LaneEffect> effects = new ArrayList<>(List.of(withDescriptor));
            if (withDescriptor instanceof CloseDescriptor) {
                effects.add(new ReleaseRoom());
            }
            if (readyForNext) {
                effects.add(new ReleaseRoom());
            }
            effects.add(new CloseLane(why));
            return new LaneStep<>(new Closed(), effects);
        }

        private WritingTaken closing(String why) {
            return new WritingTaken(offer, readyForNext, why);
        }
    }

    /** The end; a descriptor that still comes is closed, a place that was still had given back. */
    record Closed() implements LaneReceiver {
        @Override
        public LaneStep<LaneReceiver> on(LaneEvent event) {
            if (event instanceof DescriptorAccepted accepted) {
                return accepted.roomForNext()
                        ? to(this, new CloseDescriptor(), new ReleaseRoom())
                        : to(this, new CloseDescriptor());
            }
            return event instanceof RoomFound ? to(this, new ReleaseRoom()) : ignored(this);
        }
    }

    /** Why this event ends the lane, if it does so in every state. */
    private static Optional<String> ending(LaneEvent event) {
        if (event instanceof Malformed malformed) {
            return Optional.of(malformed.why());
        } else if (event instanceof InputEnded ended) {
            return Optional.of(ended.why());
        } else if (event instanceof CloseRequested close) {
            return Optional.of(close.why());
        }
        return Optional.empty();
    }

    private static LaneStep<LaneReceiver> closed(String why) {
        return to(new Closed(), new CloseLane(why));
    }

    private static LaneStep<LaneReceiver> abandoned(String why) {
        return to(new Closed(), new ReleaseRoom(), new CloseLane(why));
    }

    private static Send decline(Offer offer, DeclineReason reason, String text) {
        return new Send(new Declined(offer.sequence(), reason, text));
    }
}
