package dev.nettcp.binding;

import dev.nettcp.transport.SessionHandler;
import java.util.concurrent.CompletableFuture;

/** A session as the port that serves it sees it. */
interface ServerSession extends MessageSession, SessionHandler {

    /**
     * Ends the session when all that has arrived until now is handled.
     *
     * @return done when the session is over; exceptionally if it did not end in good order
     */
    CompletableFuture<Void> closeWhenDone();
}
