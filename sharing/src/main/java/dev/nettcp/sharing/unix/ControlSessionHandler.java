package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.ControlMessage;

/** One end's view of an open control session. Called on the session's event loop. */
public interface ControlSessionHandler {
    /** The next message of the peer. An exception thrown here ends the session with it as the reason. */
    void received(ControlMessage message) throws Exception;

    /** The session is over, for whatever reason; called once, and nothing after it. */
    void closed(String why);
}
