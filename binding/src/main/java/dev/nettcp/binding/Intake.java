package dev.nettcp.binding;

import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionClosedException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the other side of one session starts, on its way from the event loop to the executor: kept in order, worked on one piece at a time,
 * and held back by not reading while that lags ({@link Inbox}). Whatever a piece of work throws, the turn is passed on. Who works has one of
 * the {@link Places} of the server, too, and goes to the back of the line behind each piece of work while others wait for one.
 *
 * <p>Offered on the event loop; everything else on any thread.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Whose turn the thread has. */
    private static final ThreadLocal<@Nullable Intake> WORKING = new ThreadLocal<>();

    /** Something to wait for without having the turn. */
    @FunctionalInterface
    interface Wait<T> {
        T await() throws NetTcpException;
    }

    private final String id;
    private final Session session;
    private final Executor executor;
    private final Places places;
    private final BooleanSupplier calling;
    private final Inbox<Runnable> inbox = new Inbox<>();
    private volatile boolean reading = true;
    private volatile boolean stopped;
    private volatile @Nullable Runnable ending; // when who is away has come back

    /** @param calling whether a call of this side waits for its reply */
    Intake(String id, Session session, Executor executor, Places places, BooleanSupplier calling) {
        this.id = id;
        this.session = session;
        this.executor = executor;
        this.places = places;
        this.calling = calling;
    }

    /** Puts work behind what is there, unless nothing more is worked on. */
    void offer(Runnable work, int bytes) {
        if (!stopped) {
            later(work, bytes);
            updateReading();
        }
    }

    /** What to do when everything that has arrived until now is finished. A handler that waits for a call of its own has not finished. */
    void atTheEnd(Runnable end) {
        later(() -> endWhenDone(end), 0);
    }

    private void endWhenDone(Runnable end) {
        if (inbox.isAnybodyAway()) {
            ending = end;
        } else {
            end.run();
        }
    }

    /** Nothing more is worked on: what waits is dropped, and so is what still arrives. */
    void stop() {
        stopped = true;
        inbox.clear();
    }

    boolean isStopped() {
        return stopped;
    }

    /**
     * Waits, on the thread of a piece of work without having the turn, nor a place: what it waits for may come of a message that the other
     * side sends meanwhile. Has the turn again before anything new is begun.
     */
    <T> T await(Wait<T> wait) throws NetTcpException {
        if (WORKING.get() != this) {
            return wait.await();
        }
        boolean more = inbox.leave();
        places.giveBack();
        if (more) {
            startWorking();
        }
        try {
            return wait.await();
        } finally {
            inbox.comeBack().join();
            places.takeAtOnce();
            Runnable end = ending;
            if (end != null) {
                atTheEnd(end);
            }
        }
    }

    // ---- working, on the executor

    private void later(Runnable work, int bytes) {
        if (inbox.offer(work, bytes)) {
            startWorking();
        }
    }

    private void startWorking() {
        places.take(this::execute);
    }

    private void execute() {
        try {
            executor.execute(this::workOff);
        } catch (RuntimeException | Error e) { // above all a RejectedExecutionException
            giveUp(id + ": the executor takes no work; give the session an executor that lives as long", e);
            inbox.putDown();
            places.giveBack();
        }
    }

    private void workOff() {
        Intake outer = WORKING.get();
        WORKING.set(this);
        try {
            for (Runnable work = inbox.next(); work != null; work = inbox.next()) {
                updateReading();
                workOn(work);
                if (places.isCrowded()) {
                    startWorking();
                    return;
                }
            }
        } finally {
            WORKING.set(outer);
            places.giveBack();
        }
    }

    /** What nobody foresaw ends the session; who has the turn goes on, to pass it on. */
    private void workOn(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: a message could not be handled", id, e);
            giveUp(id + ": a message could not be handled: " + e, e);
        }
    }

    private void giveUp(String why, Throwable cause) {
        stopped = true;
        session.abort(new SessionClosedException(why, cause));
        inbox.clear();
    }

    // ---- reading

    /**
     * Pauses or resumes reading, if there is a reason to. The decision is taken on the event loop, and looked at again after a pause, in case
     * the inbox was emptied meanwhile. There the session is always told, as closing it has resumed reading by itself.
     */
    void updateReading() {
        if (session.executor().inEventLoop()) {
            do {
                reading = hasRoom();
                session.setReading(reading);
            } while (reading != hasRoom());
        } else if (reading != hasRoom()) {
            session.executor().execute(this::updateReading);
        }
    }

    private boolean hasRoom() {
        return inbox.hasRoom(calling.getAsBoolean());
    }
}
