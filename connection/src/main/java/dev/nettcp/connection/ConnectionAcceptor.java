package dev.nettcp.connection;

import dev.nettcp.framing.via.ViaUri;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Takes the connections that a {@link ConnectionSource} delivers, as many at a time as it has places for
 * (maxPendingConnections: connections that were accepted and have no session yet). Thread-safe.
 */
public interface ConnectionAcceptor {

    /**
     * Takes one of the free places, before a connection is accepted or fetched for it.
     *
     * @return the place, which the caller uses or releases; empty if none is free
     */
    Optional<Place> reserve();

    /**
     * As {@link #reserve()}, for a connection that may be long in coming: such a place is only given while at least as many others are free
     * as are taken, so that it is missed by nobody.
     */
    default Optional<Place> reserveAhead() {
        return Optional.empty();
    }

    /**
     * Runs {@code action} once: at once if a place is free, else as soon as one is. A place may be gone again by then; whoever finds none
     * asks again. The action runs on any thread and must return quickly.
     */
    void whenRoom(Runnable action);

    /**
     * Whether there is an endpoint for {@code via} here. A source asks when nobody else can say for whom the next session on a connection
     * is. Must not block.
     *
     * @param arrivedAt the local address of the connection
     */
    default boolean serves(ViaUri via, InetAddress arrivedAt) {
        return true;
    }

    /** One place, reserved for one connection. Used once, by one of its two methods. */
    interface Place {

        /** Takes over the connection. Called on the connection's event loop; handlers are installed before it returns. */
        void accept(AcceptedConnection connection);

        /** Gives the place back without a connection. From any thread. */
        void release();
    }
}
