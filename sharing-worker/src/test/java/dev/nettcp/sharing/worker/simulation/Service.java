package dev.nettcp.sharing.worker.simulation;

import static dev.nettcp.sharing.worker.simulation.Truth.check;

import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.framing.via.PrefixTable;
import dev.nettcp.sharing.RouteOwner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port sharing service as far as ownership goes: sessions, who registered what, and connections that wait for a lane. */
@SuppressWarnings("ReferenceEquality") // a process, a session and a lane are themselves and no other
final class Service extends Party {
    private static final HostNameComparisonMode MODE = HostNameComparisonMode.STRONG_WILDCARD;

    final List<Session> sessions = new ArrayList<>();

    /** Whose offer failed: they are routed again after a pause. */
    final Deque<Connection> pausing = new ArrayDeque<>();

    /** Who has no route, and is about to be told. */
    final Deque<Connection> unrouted = new ArrayDeque<>();

    private final Rules rules;
    private PrefixTable<Session> routes = PrefixTable.ofRegistrations();

    Service(Rules rules) {
        super("the service");
        this.rules = rules;
    }

    // ---- connections ---------------------------------------------------------------------------------------------

    void accepts(Connection connection) {
        connection.hasArrived = true;
        connection.owner = this;
        gets(connection);
        begins(connection);
    }

    /** A client's, or one that a worker gave back: it makes no difference. */
    void begins(Connection connection) {
        connection.failedOffers = 0;
        connection.late = false;
        routes(connection);
    }

    /** From byte 0, as if it had just arrived. */
    void routes(Connection connection) {
        connection.touchedBy(this, "routes");
        if (connection.failedOffers >= rules.attempts()) {
            ends(connection, End.CONNECTION_DISPATCH_FAILED);
            return;
        }
        Session to = rules.route(routes, connection.destination);
        Truth.routed(connection, to, this);
        Worker returner = connection.returnedBy;
        if (to == null && connection.failedOffers > 0) {
            ends(connection, End.CONNECTION_DISPATCH_FAILED);
        } else if (to == null) {
            unrouted.add(connection);
        } else if (returner != null && !rules.mayGetReturned(to.worker, returner)) {
            ends(connection, End.ABORTED_FOR_A_STRANGER);
        } else {
            connection.route = to;
            to.waiting.add(connection);
        }
    }

    void handoverFailed(Connection connection) {
        if (connection.late) {
            ends(connection, End.ENDPOINT_UNAVAILABLE);
        } else {
            for (int i = 0; i < rules.routesAfterFailedOffer(); i++) {
                pausing.add(connection);
            }
        }
    }

    @Override
    void ends(Connection connection, End how) {
        Truth.endedByService(connection, how, this);
        super.ends(connection, how);
    }

    /** Who is asked for a later preamble. */
    RouteOwner owner(Address destination, Session asking) {
        Session owner = rules.route(routes, destination);
        if (owner == null) {
            return RouteOwner.NOBODY;
        } else if (owner == asking) {
            return RouteOwner.MINE;
        }
        return owner.worker.user == asking.worker.user ? RouteOwner.SAME_USER : RouteOwner.OTHER_USER;
    }

    // ---- sessions ------------------------------------------------------------------------------------------------

    /** The session that registered this very address; at most one can. */
    @Nullable
    Session holderOf(Address address) {
        for (Session session : sessions) {
            if (session.registered && session.worker.address == address) {
                return session;
            }
        }
        return null;
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
        Truth.endsSession(session);
        session.serviceOpen = false;
        boolean removed = sessions.remove(session);
        if (rules.withdrawsWithTheSession()) {
            withdraws(session);
        }
        return removed;
    }

    private void answers(Session session, Session.Message message) {
        if (message == Session.Message.REGISTER) {
            Session holder = holderOf(session.worker.address);
            boolean grants =
                    rules.grants(routes.find(session.worker.address.base, MODE).isPresent());
            check(grants || holder != null, session, "is refused, and nobody has its address");
            if (grants) {
                session.registered = true;
                routes = routes.with(session.worker.address.base, MODE, session);
            }
            session.tells(grants ? Session.Message.REGISTERED : Session.Message.REFUSED);
        } else if (message == Session.Message.UNREGISTER) {
            withdraws(session);
            session.tells(Session.Message.UNREGISTERED);
        }
    }

    /** Who waits for it is routed anew; after a failed offer not at once. */
    private void withdraws(Session session) {
        if (session.registered) {
            session.registered = false;
            routes = routes.without(session.worker.address.base, MODE);
            List<Connection> waiting = List.copyOf(session.waiting);
            session.waiting.clear();
            for (Connection connection : waiting) {
                if (connection.failedOffers > 0) {
                    pausing.add(connection);
                } else {
                    routes(connection);
                }
            }
        }
    }

    @Override
    void die() {
        super.die();
        sessions.forEach(session -> session.serviceOpen = false);
        sessions.forEach(session -> session.registered = false);
        sessions.clear();
    }
}
