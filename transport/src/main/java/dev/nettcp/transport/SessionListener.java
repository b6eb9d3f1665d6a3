package dev.nettcp.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Accepts the sessions of an {@link Endpoint}. Asked when the preamble is complete and nothing stands against it any more; the client gets
 * its acknowledgement when the answer is there, so a service at its limit of sessions lets clients wait by answering later.
 */
@FunctionalInterface
public interface SessionListener {

    /**
     * Who handles this session? Called on the connection's event loop; the answer may come later and from any thread. Until then the session
     * tells about itself and takes no calls.
     *
     * @return fails to refuse: with a {@link SessionRefusedException} the client gets its fault, with anything else it is reset
     */
    CompletionStage<? extends SessionHandler> accept(Session session);

    /** Answers at once. */
    static SessionListener of(Function<? super Session, ? extends SessionHandler> handlers) {
        return session -> CompletableFuture.completedFuture(handlers.apply(session));
    }
}
