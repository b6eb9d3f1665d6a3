package dev.nettcp.binding;

import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionHandler;
import dev.nettcp.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stands in for a client's conversation until the session is acknowledged, and hands on to it from then on. On the event loop. */
final class ClientOpening implements SessionHandler {
    private final Function<Session, Conversation> conversations;
    private final CompletableFuture<Conversation> opened = new CompletableFuture<>();
    private @Nullable Conversation conversation;

    ClientOpening(Function<Session, Conversation> conversations) {
        this.conversations = conversations;
    }

    /** The conversation of a session that {@code opening} says is open. */
    CompletableFuture<Conversation> of(CompletableFuture<Session> opening) {
        opening.whenComplete((session, failure) -> {
            if (failure != null) {
                opened.completeExceptionally(failure);
            }
        });
        opened.whenComplete((done, failure) -> {
            if (opened.isCancelled()) {
                opening.cancel(false);
            }
        });
        return opened;
    }

    @Override
    public void opened(Session session) {
        Conversation created = conversations.apply(session);
        conversation = created;
        if (!opened.complete(created)) {
            created.abort(); // nobody waits for it any more
        }
    }

    private Conversation conversation() {
        if (conversation == null) {
            throw new IllegalStateException("the session tells something before it says that it is open");
        }
        return conversation;
    }

    @Override
    public void envelope(Session session, ByteBuf envelope) {
        conversation().envelope(session, envelope);
    }

    @Override
    public void ended(Session session) {
        conversation().ended(session);
    }

    @Override
    public void closed(Session session) {
        conversation().closed(session);
    }

    @Override
    public void faulted(Session session, TransportException cause) {
        conversation().faulted(session, cause);
    }
}
