package dev.nettcp.sharing.worker.simulation;

import static dev.nettcp.sharing.worker.simulation.Truth.check;

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
    private static final LaneToken TOKEN = LaneToken.of(new byte[LaneToken.SIZE]);

    /** What it registers, and the user it runs as. Two workers may want the same. */
    final Address address;

    final int user;

    /** How many connections it takes that have no session yet; and how many more just now. */
    final int capacity;

    int places;

    final List<Connection> serving = new ArrayList<>();
    final Deque<Connection> returning = new ArrayDeque<>();
    boolean wantsLanes;
    private boolean opened;
    boolean stopAsked;
    boolean stopped;
    boolean openFailed;

    @Nullable
    Session session;

    private final World world;

    /** Sessions that it has closed, and may still hear of. */
    private final Queue<Session> former = new ArrayDeque<>();

    private final Exception gone = new Exception("gone");
    private final Queue<RegistrationEvent> due = new ArrayDeque<>();
    private Registration registration = Registration.start();
    private boolean running;

    /** The attempt whose session is being opened, whose answer is awaited, which is to be followed by another; 0 for none. */
    private int opening;

    private int awaitingAnswer;
    private int awaitingRetry;

    /** Whether something has come in the way of the present attempt. */
    private boolean hindered;

    Worker(String name, Address address, int user, int capacity, World world) {
        super(name);
        this.address = address;
        this.user = user;
        this.capacity = capacity;
        this.places = capacity;
        this.world = world;
    }

    Registration registration() {
        return registration;
    }

    boolean wantsConnections() {
        return alive && !stopAsked && !openFailed;
    }

    /** Once. */
    boolean opens() {
        boolean opens = !opened;
        if (opens) {
            opened = true;
            on(new RegistrationEvent.Open());
        }
        return opens;
    }

    /** May be told more than once, and before it has opened. */
    void stops() {
        stopAsked = true;
        hindered = true;
        on(new RegistrationEvent.Stop());
    }

    void loses(Session lost) {
        hindered = true;
        on(lost(lost));
    }

    private RegistrationEvent lost(Session lost) {
        return new RegistrationEvent.SessionLost(lost.attempt, gone);
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
            hindered = true;
            on(new RegistrationEvent.SessionFailed(attempt, gone));
        }
        return true;
    }

    /** Reads the next message of its session, or the end of it; or hears so of one that it has closed. */
    boolean reads() {
        Session own = session;
        boolean formerFirst = world.random.nextInt(8) == 0;
        return (formerFirst && hearsOfAFormer()) || (own != null && reads(own)) || hearsOfAFormer();
    }

    private boolean hearsOfAFormer() {
        Session closed = former.peek();
        if (closed == null || world.random.nextInt(4) > 0) {
            return false; // it is in no hurry
        }
        Session.Message message = closed.toWorker.poll();
        if (message == null) {
            former.remove();
        }
        on(message == null ? lost(closed) : event(closed.attempt, message));
        return true;
    }

    private boolean reads(Session own) {
        Session.Message message = own.toWorker.poll();
        if (message != null) {
            hindered |= message == Session.Message.REFUSED;
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

    boolean waitsToRetry() {
        return awaitingRetry > 0;
    }

    void retries() {
        int attempt = awaitingRetry;
        awaitingRetry = 0;
        on(new RegistrationEvent.RetryDue(attempt));
    }

    boolean waitsForAnswer() {
        return awaitingAnswer > 0 || opening > 0;
    }

    /** What it waits for has not come in time. */
    void answerOverdue() {
        if (awaitingAnswer > 0) {
            int attempt = awaitingAnswer;
            awaitingAnswer = 0;
            on(new RegistrationEvent.AnswerOverdue(attempt, gone));
        } else {
            int attempt = opening;
            opening = 0;
            on(new RegistrationEvent.SessionFailed(attempt, gone));
        }
    }

    /** From now on its attempt may fail. */
    void isHindered(Disturbance by) {
        hindered = true;
        if (session != null) {
            session.suffers(by);
        }
    }

    // ---- the rules at work ---------------------------------------------------------------------------------------

    private void on(RegistrationEvent event) {
        due.add(event);
        if (running) {
            return;
        }
        running = true;
        for (RegistrationEvent next = due.poll(); next != null; next = due.poll()) {
            Registration.Step step = world.step(registration, next);
            registration = step.next();
            step.effects().forEach(this::perform);
        }
        running = false;
    }

    private void perform(RegistrationEffect effect) {
        if (effect instanceof RegistrationEffect.OpenSession open) {
            opening = open.attempt();
            hindered = stopAsked;
        } else if (effect instanceof RegistrationEffect.SendRegister) {
            send(Session.Message.REGISTER);
        } else if (effect instanceof RegistrationEffect.SendUnregister) {
            Truth.givesUpItsLanes(this, world.lanes);
            send(Session.Message.UNREGISTER);
        } else if (effect instanceof RegistrationEffect.AwaitAnswer await) {
            awaitingAnswer = await.attempt();
        } else if (effect instanceof RegistrationEffect.CloseSession close) {
            closeSession(close.attempt());
        } else if (effect instanceof RegistrationEffect.OpenLanes) {
            check(session != null && session.granted, this, "takes itself for registered");
            wantsLanes = true;
        } else if (effect instanceof RegistrationEffect.CloseLanes) {
            wantsLanes = false;
            world.closesWorkersLanes(this);
        } else if (effect instanceof RegistrationEffect.WaitToRetry wait) {
            check(hindered, this, "fails to register for no reason");
            awaitingRetry = wait.attempt();
        } else if (effect instanceof RegistrationEffect.OpenFailed) {
            check(hindered, this, "fails to open for no reason");
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
            Truth.endsSession(session);
            Truth.givesUpItsLanes(this, world.lanes);
            session.workerOpen = false;
            former.add(session);
            session = null;
        }
        awaitingAnswer = 0;
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
        check(++connection.adoptions == 1, connection, "is taken twice for one preamble");
        connection.holdsPlace = true;
        serving.add(connection);
    }

    /** Its session has become open, so its place is free. */
    void acknowledges(Connection connection) {
        connection.touchedBy(this, "acknowledges");
        connection.holdsPlace = false;
        places++;
    }

    void keeps(Connection connection) {
        connection.touchedBy(this, "keeps");
        connection.adoptions = 1;
    }

    /** To be offered to the service, with its next preamble. */
    void givesBack(Connection connection) {
        connection.touchedBy(this, "gives back");
        check(++connection.returns == 1, connection, "is given back twice for one preamble");
        connection.returnedBy = this;
        connection.failedOffers = 0;
        serving.remove(connection);
        returning.add(connection);
    }

    @Override
    void ends(Connection connection, End how) {
        Truth.endedByWorker(connection, how, this, world.service());
        serving.remove(connection);
        super.ends(connection, how);
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
        former.clear();
        opening = 0;
        awaitingAnswer = 0;
        awaitingRetry = 0;
    }
}
