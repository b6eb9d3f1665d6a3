package dev.nettcp.connection;

import dev.nettcp.framing.via.ViaUri;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides who serves the next session on a connection whose last session ended cleanly. Clients pool connections by host and port, so on a
 * shared port the next preamble may be meant for another worker.
 *
 * <p>Asked at the second and every later preamble of a connection, when its encoding record is complete and nothing behind it has been
 * read on purpose. Both methods are called on the connection's event loop and must not block it.
 */
public interface ReusePolicy {

    /** For a port of one's own: every session is for us. */
    ReusePolicy KEEP = new ReusePolicy() {
        @Override
        public CompletionStage<ReuseDecision> decide(ViaUri via, ConnectionAddresses addresses) {
            return CompletableFuture.completedFuture(ReuseDecision.KEEP);
        }

        @Override
        public void giveBack(AcceptedConnection connection) {
            connection.abort();
        }

        @Override
        public boolean mayReturn() {
            return false;
        }
    };

    /**
     * Who is to serve a session for {@code via}? The answer may come later and from any thread; the connection is not read meanwhile. A
     * failure counts as {@link ReuseDecision#ABORT}, and so does no answer within the idle timeout.
     */
    CompletionStage<ReuseDecision> decide(ViaUri via, ConnectionAddresses addresses);

    /**
     * Takes back a connection for which {@link ReuseDecision#RETURN} was decided. It is not being read, its pipeline is empty, and its
     * prefix holds every byte since the preamble began. Ownership moves; the connection must be deregistered before this returns.
     */
    void giveBack(AcceptedConnection connection);

    /** Whether {@link ReuseDecision#RETURN} may be decided at all: then preambles are read in small pieces, and never past what is needed. */
    default boolean mayReturn() {
        return true;
    }
}
