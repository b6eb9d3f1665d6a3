package dev.nettcp.sharing;

import java.util.Optional;

/**
 * What takes the connections that come over lanes: a worker's acceptor, or the service for returned ones. Called on the
 * event loop of the lane.
 */
public interface HandoverReceiver {
    /** Whether one more connection may come now. */
    boolean hasRoom();

    /** Runs the task once, as soon as there may be room, on any thread; there is no guarantee that there still is then. */
    void whenRoom(Runnable task);

    /**
     * A look at what came, before it is ours: nothing may be done to the connection here.
     *
     * @return why it is not wanted; empty to take it
     */
    Optional<Objection> objection(HandoverHeader header, PassedSocket socket);

    /** The connection is ours now: {@code socket} is raw, registered nowhere, and this call must see to its closing. */
    void adopt(HandoverHeader header, PassedSocket socket);

    /** The peer of the lane sent something that no honest peer sends: the control session must end. */
    void untrusted(String why);
}
