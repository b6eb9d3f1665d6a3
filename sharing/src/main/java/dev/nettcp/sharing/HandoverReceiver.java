package dev.nettcp.sharing;

import java.util.Optional;

/**
 * What takes the connections that come over lanes: a worker's acceptor, or the service for returned ones. Called on the
 * event loop of the lane.
 */
public interface HandoverReceiver {
    /** Takes a place for the connection that is offered; empty if there is none now. The lane gives every place back. */
    Optional<Place> reserve(HandoverHeader header);

    /**
     * Takes a place for a connection that has not been offered yet and may be long in coming; empty if those that are free had better be
     * left for others. With it the next connection on this lane comes without a question.
     */
    default Optional<Place> reserveAhead() {
        return Optional.empty();
    }

    /** Runs the task once, on any thread, as soon as there may be a place; it may be gone again by then. */
    void whenRoom(Runnable task);

    /** The peer of the lane did what no honest peer does: the control session must end. */
    void untrusted(String why);

    /**
     * A connection that was offered did not arrive, since this process is at its limit of open descriptors; it is declined, and stays the
     * sender's.
     */
    default void descriptorLost() {}

    /** A place for one connection. Exactly one of {@link #adopt} and {@link #release} is called on it, and once. */
    interface Place {
        /**
         * A look at what came, before it is ours: nothing may be done to the connection here.
         *
         * @return why it is not wanted; empty to take it
         */
        Optional<Objection> objection(HandoverHeader header, PassedSocket socket);

        /** The connection is ours now: its descriptor is raw, registered nowhere, and this call must see to its closing. */
        void adopt(HandoverHeader header, PassedSocket socket);

        /** No connection came. */
        void release();
    }
}
