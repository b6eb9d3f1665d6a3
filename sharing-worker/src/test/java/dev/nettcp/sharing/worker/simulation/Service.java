package dev.nettcp.sharing.worker.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port sharing service as far as ownership goes: sessions, who registered what, and connections that wait for a lane. */
final class Service extends Party {
    /** A handover that failed so often is given up with a fault, so that every history ends. */
    private static final int MAX_ATTEMPTS = 3;

    final List<Session> sessions = new ArrayList<>();
    final Deque<Connection> waiting = new ArrayDeque<>();
    private final int[] attempts;

    Service(int connections) {
        super("the service");
        attempts = new int[connections];
    }

    /** The session that holds the address; at most one can. */
    @Nullable
    Session holderOf(int address) {
        for (Session session : sessions) {
            if (session.registered && session.worker.address == address) {
                return session;
            }
        }
        return null;
    }

    /** From byte 0, as if it had just arrived. */
    void routes(Connection connection) {
        connection.touchedBy(this, "routes");
        waiting.add(connection);
    }

    void handoverFailed(Connection connection) {
        connection.touchedBy(this, "routes again");
        if (++attempts[connection.id] < MAX_ATTEMPTS) {
            waiting.add(connection);
        } else {
            faults(connection, "ConnectionDispatchFailed");
        }
    }

    void faults(Connection connection, String fault) {
        connection.touchedBy(this, "faults");
        connection.end(fault);
        closes(connection);
    }

    /** Reads the next message of a session, or its end. */
    boolean reads(Session session) {
        if (!session.toService.isEmpty()) {
            answers(session, session.toService.remove());
            return true;
        }
        return !session.workerOpen && ends(session);
    }

    boolean ends(Session session) {
        session.serviceOpen = false;
        session.registered = false;
        return sessions.remove(session);
    }

    private void answers(Session session, Session.Message message) {
        if (message == Session.Message.REGISTER) {
            session.registered = holderOf(session.worker.address) == null;
            session.toWorker.add(session.registered ? Session.Message.REGISTERED : Session.Message.REFUSED);
        } else if (message == Session.Message.UNREGISTER) {
            session.registered = false;
            session.toWorker.add(Session.Message.UNREGISTERED);
        }
    }

    @Override
    void die() {
        super.die();
        for (Session session : List.copyOf(sessions)) {
            ends(session);
        }
        waiting.clear();
    }
}
