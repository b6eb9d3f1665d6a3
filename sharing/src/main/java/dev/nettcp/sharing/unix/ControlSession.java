package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.ProtocolVersion;
import dev.nettcp.sharing.StatusCode;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** An open control session, seen from either end. Callable from any thread. */
public interface ControlSession {
    /** Who is at the other end, from the kernel. */
    PeerCredentials peer();

    /** The protocol version of the peer's greeting. */
    ProtocolVersion version();

    /** The peer's software, as it calls itself; harmless in a log. */
    String product();

    /** What the peer can do beyond the base protocol. */
    List<String> features();

    /** How long it may stay from now on: {@link Standing#IDLE} at first. At the service's end only; at the other it means nothing. */
    void stand(Standing standing);

    /** Sends a message; done when the kernel has it, exceptionally if the session ended before. */
    CompletionStage<Void> send(ControlMessage message);

    /** Sends {@link ControlMessage.Refused} as the last message, and closes as {@link #finish} does. */
    void refuse(StatusCode status, String text);

    /** Ends the session after what was sent so far: at once when the peer closes too, else within 2 s. */
    void finish();

    /** Ends the session at once. */
    void close();
}
