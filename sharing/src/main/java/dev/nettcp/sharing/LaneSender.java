package dev.nettcp.sharing;

import static dev.nettcp.sharing.LaneStep.ignored;
import static dev.nettcp.sharing.LaneStep.to;

import dev.nettcp.sharing.ControlMessage.Declined;
import dev.nettcp.sharing.ControlMessage.LaneMessage;
import dev.nettcp.sharing.ControlMessage.Offer;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.HandoverOutcome.Failed;
import dev.nettcp.sharing.LaneEffect.Await;
import dev.nettcp.sharing.LaneEffect.CloseLane;
import dev.nettcp.sharing.LaneEffect.Conclude;
import dev.nettcp.sharing.LaneEffect.Send;
import dev.nettcp.sharing.LaneEffect.SendDescriptor;
import dev.nettcp.sharing.LaneEffect.StopReading;
import dev.nettcp.sharing.LaneEvent.CloseRequested;
import dev.nettcp.sharing.LaneEvent.DeadlinePassed;
import dev.nettcp.sharing.LaneEvent.DescriptorNotSent;
import dev.nettcp.sharing.LaneEvent.HandOver;
import dev.nettcp.sharing.LaneEvent.InputEnded;
import dev.nettcp.sharing.LaneEvent.Malformed;
import dev.nettcp.sharing.LaneEvent.Received;

/**
 * The rules of the end of a lane that gives connections away: the service's in a handover, the worker's in a return. No
 * socket, no clock, no thread: events come in, the next state and what is to be done come out.
 *
 * <pre>
 *            HandOver              Ready                   Taken
 *   Idle ──────────────▶ Offered ─────────▶ Passing ─────────────────▶ Idle   (the peer owns it)
 *    ▲                      │ Declined       ▲ │ Declined
 *    └──────────────────────┴────────────────│─┘                              (ours as before)
 *   Idle ── Ready ──▶ ReadyAhead ── HandOver ┘                                (a place is kept for it: no wait)
 *
 *   Passing ── deadline, nonsense, close ──▶ Draining ── Taken ──▶ Closed      (the peer owns it)
 *                                               └── end of input ──▶ Closed   (ours as before)
 * </pre>
 *
 * Until a Taken has been read the connection is ours. Draining is what keeps it from having two owners: our reading side is
 * shut, so a Taken that is not in the lane by now can no longer be written, and one that is there will be read.
 */
public sealed interface LaneSender {
    /** The state of a new lane. */
    static LaneSender start() {
        return new Idle(1);
    }

    /** What this event leads to. An event that cannot matter any more, such as a late deadline, leads nowhere. */
    LaneStep<LaneSender> on(LaneEvent event);

    /** Nothing is under way; {@code next} is the sequence number of the next offer. */
    record Idle(long next) implements LaneSender {
        @Override
        public LaneStep<LaneSender> on(LaneEvent event) {
            if (event instanceof HandOver handOver) {
                return to(
                        new Offered(next),
                        new Send(new Offer(next, handOver.header())),
                        new Await(LaneWait.READY, next));
            } else if (event instanceof Received received
                    && received.message() instanceof Ready
                    && received.message().sequence() == next) {
                return to(new ReadyAhead(next));
            }
            return endOfIdleness(this, event);
        }
    }

    /** Nothing is under way, and the peer keeps a place for the next connection: it goes without a wait. */
    record ReadyAhead(long next) implements LaneSender {
        @Override
        public LaneStep<LaneSender> on(LaneEvent event) {
            if (event instanceof HandOver handOver) {
                return to(
                        new Passing(next),
                        new Send(new Offer(next, handOver.header())),
                        new SendDescriptor(),
                        new Await(LaneWait.TAKEN, next));
            }
            return endOfIdleness(this, event);
        }
    }

    /** The peer has the header and not yet room. No descriptor is out, so anything unexpected leaves us the owner. */
    record Offered(long sequence) implements LaneSender {
        @Override
        public LaneStep<LaneSender> on(LaneEvent event) {
            if (event instanceof Received received) {
                return onMessage(received.message());
            } else if (event instanceof DeadlinePassed deadline && deadline.is(LaneWait.READY, sequence)) {
                return failed("no room at the receiving end within the time for ready");
            } else if (event instanceof Malformed malformed) {
                return failed(malformed.why());
            } else if (event instanceof InputEnded ended) {
                return failed(ended.why());
            } else if (event instanceof CloseRequested close) {
                return failed(close.why());
            } else if (event instanceof HandOver) {
                throw oneAtATime(this);
            }
            return ignored(this);
        }

        private LaneStep<LaneSender> onMessage(LaneMessage message) {
            if (message instanceof Ready && message.sequence() == sequence) {
                return to(new Passing(sequence), new SendDescriptor(), new Await(LaneWait.TAKEN, sequence));
            } else if (message instanceof Declined declined && message.sequence() == sequence) {
                return to(new Idle(sequence + 1), new Conclude(outcome(declined)));
            }
            return failed("%s where Ready or Declined of %d is allowed".formatted(message, sequence));
        }

        private LaneStep<LaneSender> failed(String why) {
            return to(new Closed(), new Conclude(new Failed(why, false)), new CloseLane(why));
        }
    }

    /** The descriptor is on its way or there. */
    record Passing(long sequence) implements LaneSender {
        @Override
        public LaneStep<LaneSender> on(LaneEvent event) {
            if (event instanceof Received received) {
                LaneMessage message = received.message();
                if (message instanceof Taken && message.sequence() == sequence) {
                    return to(new Idle(sequence + 1), new Conclude(new HandoverOutcome.Taken()));
                } else if (message instanceof Declined declined && message.sequence() == sequence) {
                    return to(new Idle(sequence + 1), new Conclude(outcome(declined)));
                }
                return drain("%s where Taken or Declined of %d is allowed".formatted(message, sequence));
            } else if (event instanceof DeadlinePassed deadline && deadline.is(LaneWait.TAKEN, sequence)) {
                return drain("the receiving end did not take the descriptor within the time for taken");
            } else if (event instanceof Malformed malformed) {
                return drain(malformed.why());
            } else if (event instanceof CloseRequested close) {
                return drain(close.why());
            } else if (event instanceof InputEnded ended) {
                return to(new Closed(), new Conclude(new Failed(ended.why(), true)), new CloseLane(ended.why()));
            } else if (event instanceof DescriptorNotSent notSent) {
                return to(new Closed(), new Conclude(new Failed(notSent.why(), false)), new CloseLane(notSent.why()));
            } else if (event instanceof HandOver) {
                throw oneAtATime(this);
            }
            return ignored(this);
        }

        private LaneStep<LaneSender> drain(String why) {
            return to(new Draining(sequence, why), new StopReading());
        }
    }

    /** Our reading side is shut; what is still queued decides, and no wait is needed: the end of input is already there. */
    record Draining(long sequence, String why) implements LaneSender {
        @Override
        public LaneStep<LaneSender> on(LaneEvent event) {
            if (event instanceof Received received && received.message().sequence() == sequence) {
                if (received.message() instanceof Taken) {
                    return to(new Closed(), new Conclude(new HandoverOutcome.Taken()), new CloseLane(why));
                } else if (received.message() instanceof Declined declined) {
                    return to(new Closed(), new Conclude(outcome(declined)), new CloseLane(why));
                }
            } else if (event instanceof InputEnded) {
                return to(new Closed(), new Conclude(new Failed(why, true)), new CloseLane(why));
            } else if (event instanceof DescriptorNotSent) {
                return to(new Closed(), new Conclude(new Failed(why, false)), new CloseLane(why));
            } else if (event instanceof HandOver) {
                throw oneAtATime(this);
            }
            return ignored(this);
        }
    }

    /** The end; the connection of a late offer stays its sender's. */
    record Closed() implements LaneSender {
        @Override
        public LaneStep<LaneSender> on(LaneEvent event) {
            if (event instanceof HandOver) {
                return to(this, new Conclude(new Failed("the lane is closed", false)));
            }
            return ignored(this);
        }
    }

    /** What ends a lane on which nothing is under way. */
    private static LaneStep<LaneSender> endOfIdleness(LaneSender idle, LaneEvent event) {
        if (event instanceof Received received) {
            return to(new Closed(), new CloseLane("%s without an offer".formatted(received.message())));
        } else if (event instanceof Malformed malformed) {
            return to(new Closed(), new CloseLane(malformed.why()));
        } else if (event instanceof InputEnded ended) {
            return to(new Closed(), new CloseLane(ended.why()));
        } else if (event instanceof CloseRequested close) {
            return to(new Closed(), new CloseLane(close.why()));
        }
        return ignored(idle);
    }

    private static HandoverOutcome outcome(Declined declined) {
        return new HandoverOutcome.Declined(declined.reason(), declined.text());
    }

    private static IllegalStateException oneAtATime(LaneSender at) {
        return new IllegalStateException("a lane hands over one connection at a time; now " + at);
    }
}
