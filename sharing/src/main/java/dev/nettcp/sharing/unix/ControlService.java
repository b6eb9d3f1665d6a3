package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.PeerCredentials;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the service makes of those who come to its control socket. Called on the event loop of the socket in question. */
public interface ControlService {
    /**
     * Whether this peer may speak at all; asked before a single byte of it is read.
     *
     * @return the refusal to send it, or empty to go on; an exceptional completion closes the socket
     */
    CompletionStage<Optional<Refused>> admit(PeerCredentials peer);

    /** A control session is open: its hello is known and was answered. */
    ControlSessionHandler sessionOpened(ControlSession session);

    /** Somebody asks for a lane; nothing more is read from it before the request is answered, at once or later. */
    void laneRequested(LaneRequest request);

    /**
     * Somebody broke the protocol, or may stay no longer, and that socket ends; may come as often as a peer likes. The text is
     * harmless in a log.
     */
    default void brokenBy(PeerCredentials peer, String why) {}

    /**
     * Somebody is at the control socket, and there is no descriptor to accept it with.
     *
     * @param why what the kernel said
     * @return whether one was given up for it
     */
    default boolean descriptorsShort(String why) {
        return false;
    }
}
