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
}
