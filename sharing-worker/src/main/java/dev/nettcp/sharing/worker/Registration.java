package dev.nettcp.sharing.worker;

import dev.nettcp.sharing.worker.RegistrationEffect.AwaitAnswer;
import dev.nettcp.sharing.worker.RegistrationEffect.CloseLanes;
import dev.nettcp.sharing.worker.RegistrationEffect.CloseSession;
import dev.nettcp.sharing.worker.RegistrationEffect.Interrupted;
import dev.nettcp.sharing.worker.RegistrationEffect.Listening;
import dev.nettcp.sharing.worker.RegistrationEffect.OpenFailed;
import dev.nettcp.sharing.worker.RegistrationEffect.OpenLanes;
import dev.nettcp.sharing.worker.RegistrationEffect.OpenSession;
import dev.nettcp.sharing.worker.RegistrationEffect.Opened;
import dev.nettcp.sharing.worker.RegistrationEffect.SendRegister;
import dev.nettcp.sharing.worker.RegistrationEffect.SendUnregister;
import dev.nettcp.sharing.worker.RegistrationEffect.Stopped;
import dev.nettcp.sharing.worker.RegistrationEffect.WaitToRetry;
import dev.nettcp.sharing.worker.RegistrationEvent.AnswerOverdue;
import dev.nettcp.sharing.worker.RegistrationEvent.Open;
import dev.nettcp.sharing.worker.RegistrationEvent.Registered;
import dev.nettcp.sharing.worker.RegistrationEvent.RegistrationRefused;
import dev.nettcp.sharing.worker.RegistrationEvent.RetryDue;
import dev.nettcp.sharing.worker.RegistrationEvent.SessionFailed;
import dev.nettcp.sharing.worker.RegistrationEvent.SessionLost;
import dev.nettcp.sharing.worker.RegistrationEvent.SessionOpened;
import dev.nettcp.sharing.worker.RegistrationEvent.Stop;
import dev.nettcp.sharing.worker.RegistrationEvent.Unregistered;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The rules of a worker's registration: how it comes about, comes back after the service was away, and ends. No socket, no
 * clock, no thread.
 *
 * <pre>
 *             Open            welcomed             registered            lost
 *   Created ───────▶ Opening ──────────▶ Asking ────────────▶ Holding ─────────▶ Opening (at once)
 *                       │ ▲                │                     │
 *             failed    │ │ RetryDue       │ refused, lost       │ Stop
 *                       ▼ │                │                     ▼
 *                     Waiting ◀────────────┘                 Releasing ──▶ Ended
 * </pre>
 *
 * The first attempt is the caller's: if it fails, the opening fails and nothing is tried again. Every later one is repeated
 * until it succeeds or the registration is stopped. After a stop nothing is registered any more, whatever was under way.
 */
public sealed interface Registration {
    /** Where an event leads: the next state, and what is to be done, in this order. */
    record Step(Registration next, List<RegistrationEffect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    static Registration start() {
        return new Created();
    }

    /** What this event leads to; an event of a former attempt leads nowhere. */
    Step on(RegistrationEvent event);

    record Created() implements Registration {
        @Override
        public Step on(RegistrationEvent event) {
            if (event instanceof Open) {
                return to(new Opening(1, 0, true), new OpenSession(1));
            } else if (event instanceof Stop) {
                return to(new Ended(), new Stopped());
            }
            return ignored(this);
        }
    }

    /** The session of this attempt is being opened. */
    record Opening(int attempt, int failures, boolean first) implements Registration {
        @Override
        public Step on(RegistrationEvent event) {
            if (event instanceof SessionOpened opened && opened.attempt() == attempt) {
                return to(new Asking(attempt, failures, first), new SendRegister(attempt), new AwaitAnswer(attempt));
            } else if (event instanceof SessionFailed failed && failed.attempt() == attempt) {
                return first
                        ? to(new Ended(), new OpenFailed(failed.cause()))
                        : to(new Waiting(attempt, failures + 1), new WaitToRetry(attempt, failures + 1));
            } else if (event instanceof Stop) {
                return first
                        ? to(new Ended(), new CloseSession(attempt), new OpenFailed(stopped()), new Stopped())
                        : to(new Ended(), new CloseSession(attempt), new Stopped());
            }
            return ignored(this);
        }
    }

    /** The registration was asked for. */
    record Asking(int attempt, int failures, boolean first) implements Registration {
        @Override
        public Step on(RegistrationEvent event) {
            if (event instanceof Registered registered && registered.attempt() == attempt) {
                OpenLanes lanes = new OpenLanes(attempt, registered.token(), registered.lanes());
                return first
                        ? to(new Holding(attempt), lanes, new Listening(), new Opened())
                        : to(new Holding(attempt), lanes, new Listening());
            } else if (event instanceof RegistrationRefused refused && refused.attempt() == attempt) {
                return failed(refused.cause());
            } else if (event instanceof Stop) {
                SendUnregister unregister = new SendUnregister(attempt);
                return first
                        ? to(new Releasing(attempt), unregister, new AwaitAnswer(attempt), new OpenFailed(stopped()))
                        : to(new Releasing(attempt), unregister, new AwaitAnswer(attempt));
            }
            return failure(event, attempt).map(this::failed).orElseGet(() -> ignored(this));
        }

        private Step failed(Exception cause) {
            return first
                    ? to(new Ended(), new CloseSession(attempt), new OpenFailed(cause))
                    : to(
                            new Waiting(attempt, failures + 1),
                            new CloseSession(attempt),
                            new WaitToRetry(attempt, failures + 1));
        }
    }

    /** The registration stands. */
    record Holding(int attempt) implements Registration {
        @Override
        public Step on(RegistrationEvent event) {
            if (event instanceof SessionLost lost && lost.attempt() == attempt) {
                return to(
                        new Opening(attempt + 1, 0, false),
                        new CloseLanes(),
                        new CloseSession(attempt),
                        new Interrupted(lost.cause()),
                        new OpenSession(attempt + 1));
            } else if (event instanceof Stop) {
                return to(
                        new Releasing(attempt),
                        new CloseLanes(),
                        new SendUnregister(attempt),
                        new AwaitAnswer(attempt));
            }
            return ignored(this);
        }
    }

    /** An attempt failed, so many in a row; the next one is due soon. */
    record Waiting(int attempt, int failures) implements Registration {
        @Override
        public Step on(RegistrationEvent event) {
            if (event instanceof RetryDue due && due.attempt() == attempt) {
                return to(new Opening(attempt + 1, failures, false), new OpenSession(attempt + 1));
            } else if (event instanceof Stop) {
                return to(new Ended(), new Stopped());
            }
            return ignored(this);
        }
    }

    /** The registration is being given back; if the service does not answer, the end of the session does it. */
    record Releasing(int attempt) implements Registration {
        @Override
        public Step on(RegistrationEvent event) {
            boolean released = event instanceof Unregistered unregistered && unregistered.attempt() == attempt;
            return released || failure(event, attempt).isPresent()
                    ? to(new Ended(), new CloseSession(attempt), new Stopped())
                    : ignored(this);
        }
    }

    /** The end. A session that still comes about is closed without having registered anything. */
    record Ended() implements Registration {
        @Override
        public Step on(RegistrationEvent event) {
            if (event instanceof SessionOpened late) {
                return to(this, new CloseSession(late.attempt()));
            }
            return event instanceof Stop ? to(this, new Stopped()) : ignored(this);
        }
    }

    /** Why the session of an attempt is of no more use after this event. */
    private static Optional<Exception> failure(RegistrationEvent event, int attempt) {
        if (event instanceof SessionLost lost && lost.attempt() == attempt) {
            return Optional.of(lost.cause());
        } else if (event instanceof AnswerOverdue overdue && overdue.attempt() == attempt) {
            return Optional.of(overdue.cause());
        }
        return Optional.empty();
    }

    private static Exception stopped() {
        return new CancellationException("stopped while it was opening");
    }

    private static Step to(Registration next, RegistrationEffect... effects) {
        return new Step(next, List.of(effects));
    }

    private static Step ignored(Registration same) {
        return new Step(same, List.of());
    }
}
