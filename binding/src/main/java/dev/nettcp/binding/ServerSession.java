package dev.nettcp.binding;

import dev.nettcp.transport.SessionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session as the port that serves it sees it. */
interface ServerSession extends MessageSession, SessionHandler {

    /**
     * Ends the session when all that has arrived until now is handled.
     *
     * @return done when the session is over; exceptionally if it did not end in good order
     */
    CompletableFuture<Void> closeWhenDone();

    /** Tells when the session is over; with why, if it did not end in good order. On its event loop. */
    void whenEnded(Consumer<@Nullable Throwable> action);
}
