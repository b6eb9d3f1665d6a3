package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.worker.Registration;
import dev.nettcp.sharing.worker.RegistrationEffect;
import dev.nettcp.sharing.worker.RegistrationEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A worker: its registration, by the rules, and the connections it serves. */
final class Worker extends Party {
    static final int PLACES = 2;

    private static final LaneToken TOKEN = LaneToken.of(new byte[LaneToken.SIZE]);

    /** What it registers. Two workers may want the same. */
    final int address;

    final List<Connection> serving = new ArrayList<>();
    final Deque<Connection> returning = new ArrayDeque<>();
    int places = PLACES;
    boolean wantsLanes;
    boolean stopAsked;
    boolean stopped;
    boolean openFailed;

    @Nullable
    Session session;

    private final Exception gone = new Exception("gone");
    private final Queue<RegistrationEvent> due = new ArrayDeque<>();
    private Registration registration = Registration.start();
    private boolean running;

    /** The attempt whose session is being opened, whose answer is awaited, which is to be followed by another; 0 for none. */
    private int opening;

    private int awaitingAnswer;
    private int awaitingRetry;

    Worker(String name, int address) {
        super(name);
        this.address = address;
    }

    void opens() {
        on(new RegistrationEvent.Open());
    }

    void stops() {
        stopAsked = true;
        on(new RegistrationEvent.Stop());
    }

    void loses(Session lost) {
        on(new RegistrationEvent.SessionLost(lost.attempt, gone));
    }

    // ---- what may happen next ------------------------------------------------------------------------------------

    /** The session it wants comes about, or does not. */
    boolean connects(Service service) {
        if (opening == 0 || service.stalled) {
            return false;
        }
        int attempt = opening;
        opening = 0;
        if (service.alive) {
            session = new Session(this, attempt);
            service.sessions.add(session);
            on(new RegistrationEvent.SessionOpened(attempt));
        } else {
            on(new RegistrationEvent.SessionFailed(attempt, gone));
        }
        return true;
    }

    /** Reads the next message of its session, or the end of it. */
    boolean reads() {
        Session own = session;
        if (own == null) {
            return false;
        }
        Session.Message message = own.toWorker.poll();
        if (message != null) {
            on(event(own.attempt, message));
            return true;
        }
        if (own.serviceOpen || own.workerSawEnd) {
            return false;
        }
        own.workerSawEnd = true;
        loses(own);
        return true;
    }

    boolean reachesALimit() {
        if (awaitingRetry > 0) {
            int attempt = awaitingRetry;
            awaitingRetry = 0;
            on(new RegistrationEvent.RetryDue(attempt));
        } else if (awaitingAnswer > 0) {
            int attempt = awaitingAnswer;
            awaitingAnswer = 0;
            on(new RegistrationEvent.AnswerOverdue(attempt, gone));
        } else if (opening > 0) {
            int attempt = opening;
            opening = 0;
            on(new RegistrationEvent.SessionFailed(attempt, gone));
        } else {
            return false;
        }
        return true;
    }

    // ---- the rules at work ---------------------------------------------------------------------------------------

    private void on(RegistrationEvent event) {
        due.add(event);
        if (running) {
            return;
        }
        running = true;
        for (RegistrationEvent next = due.poll(); next != null; next = due.poll()) {
            Registration.Step step = registration.on(next);
            registration = step.next();
            step.effects().forEach(this::perform);
        }
        running = false;
    }

    private void perform(RegistrationEffect effect) {
        if (effect instanceof RegistrationEffect.OpenSession open) {
            opening = open.attempt();
        } else if (effect instanceof RegistrationEffect.SendRegister) {
            send(Session.Message.REGISTER);
        } else if (effect instanceof RegistrationEffect.SendUnregister) {
            send(Session.Message.UNREGISTER);
        } else if (effect instanceof RegistrationEffect.AwaitAnswer await) {
            awaitingAnswer = await.attempt();
        } else if (effect instanceof RegistrationEffect.CloseSession close) {
            closeSession(close.attempt());
        } else if (effect instanceof RegistrationEffect.OpenLanes) {
            wantsLanes = true;
        } else if (effect instanceof RegistrationEffect.CloseLanes) {
            wantsLanes = false;
        } else if (effect instanceof RegistrationEffect.WaitToRetry wait) {
            awaitingRetry = wait.attempt();
        } else if (effect instanceof RegistrationEffect.OpenFailed) {
            openFailed = true;
        } else if (effect instanceof RegistrationEffect.Stopped) {
            stopped = true;
        }
    }

    private void send(Session.Message message) {
        if (session != null && session.serviceOpen) {
            session.toService.add(message);
        }
    }

    /** One that is still being opened may come about all the same: then it is closed by its own event. */
    private void closeSession(int attempt) {
        if (session != null && session.attempt == attempt) {
            session.workerOpen = false;
            session = null;
        }
    }

    private RegistrationEvent event(int attempt, Session.Message message) {
        return switch (message) {
            case REGISTERED -> new RegistrationEvent.Registered(attempt, TOKEN, 2);
            case REFUSED -> new RegistrationEvent.RegistrationRefused(attempt, gone);
            case UNREGISTERED -> new RegistrationEvent.Unregistered(attempt);
            case REGISTER, UNREGISTER -> throw new IllegalStateException("the service does not send " + message);
        };
    }

    // ---- connections ---------------------------------------------------------------------------------------------

    void adopts(Connection connection) {
        connection.touchedBy(this, "serves");
        if (++connection.adoptions > 1) {
            throw new AssertionError("%s was taken twice for one preamble".formatted(connection));
        }
        connection.holdsPlace = true;
        serving.add(connection);
    }

    /** Its session has become open, so its place is free. */
    void acknowledges(Connection connection) {
        connection.touchedBy(this, "acknowledges");
        connection.holdsPlace = false;
        places++;
    }

    /** To be offered to the service, with its next preamble. */
    void givesBack(Connection connection) {
        connection.touchedBy(this, "returns");
        if (++connection.returns > 1) {
            throw new AssertionError("%s was returned twice for one preamble".formatted(connection));
        }
        serving.remove(connection);
        returning.add(connection);
    }

    void resets(Connection connection, String why) {
        connection.touchedBy(this, "resets");
        serving.remove(connection);
        connection.end(why);
        closes(connection);
    }

    @Override
    void die() {
        super.die();
        serving.clear();
        returning.clear();
        wantsLanes = false;
        if (session != null) {
            session.workerOpen = false;
            session = null;
        }
        opening = 0;
        awaitingAnswer = 0;
        awaitingRetry = 0;
    }
}
