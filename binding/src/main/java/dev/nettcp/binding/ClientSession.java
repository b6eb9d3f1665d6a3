package dev.nettcp.binding;

import dev.nettcp.transport.Connector;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.SessionHandler;
import dev.nettcp.transport.SessionRequest;
import dev.nettcp.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's session from the moment on at which it is asked for. What wants to use it waits in line until it is open, so that messages
 * go out in the order in which they were sent even if the first of them opens the session.
 *
 * <pre>
 *   opening ──acknowledged──▶ the line moves ──▶ open
 *      └──failed, cancelled──▶ the line is told ──▶ failed
 * </pre>
 */
final class ClientSession implements SessionHandler {
    private record Waiting(Consumer<Conversation> whenOpen, Consumer<Throwable> otherwise) {}

    private final Function<Session, Conversation> conversations;
    private final Queue<Waiting> line = new ArrayDeque<>();
    private @Nullable CompletableFuture<Session> opening;
    private @Nullable Conversation conversation;
    private @Nullable Throwable failure;
    private @Nullable Conversation acknowledged; // what the event loop talks to
    private volatile boolean settled; // and nobody in line any more

    private ClientSession(Function<Session, Conversation> conversations) {
        this.conversations = conversations;
    }

    /** @param conversations what is to be made of the session when it is acknowledged */
    static ClientSession open(
            Connector connector, SessionRequest request, Function<Session, Conversation> conversations) {
        ClientSession session = new ClientSession(conversations);
        CompletableFuture<Session> opening = connector.open(request, session);
        synchronized (session) {
            session.opening = opening;
        }
        opening.whenComplete((opened, failure) -> {
            if (failure != null) {
                session.settle(null, failure);
            }
        });
        return session;
    }

    /** Calls one of the two: at once if it is known which, else in turn and on the session's event loop. Must not block. */
    void use(Consumer<Conversation> whenOpen, Consumer<Throwable> otherwise) {
        Waiting waiting = new Waiting(whenOpen, otherwise);
        synchronized (this) {
            if (!settled) {
                line.add(waiting);
                return;
            }
        }
        serve(waiting);
    }

    /** The conversation, once it is open and nobody is in line. */
    @Nullable
    Conversation conversation() {
        return settled ? conversation : null;
    }

    /** Whether there will be no more replies in it. */
    boolean isOver() {
        if (!settled) {
            return false;
        }
        Conversation open = conversation;
        return open == null || open.isOver();
    }

    /** Gives the attempt up. False: it is open, or failed already. */
    synchronized boolean cancel() {
        return opening != null && conversation == null && opening.cancel(false);
    }

    /** False: it has settled otherwise before. */
    private boolean settle(@Nullable Conversation opened, @Nullable Throwable cause) {
        synchronized (this) {
            if (conversation != null || failure != null) {
                return false;
            }
            conversation = opened;
            failure = cause;
        }
        for (Waiting first = nextInLine(); first != null; first = nextInLine()) {
            serve(first);
        }
        return true;
    }

    private synchronized @Nullable Waiting nextInLine() {
        Waiting first = line.poll();
        settled = first == null;
        return first;
    }

    private void serve(Waiting waiting) {
        Conversation open = conversation;
        Throwable cause = failure;
        if (cause != null) {
            waiting.otherwise().accept(cause);
        } else if (open != null) {
            try {
                waiting.whenOpen().accept(open);
            } catch (RuntimeException | Error e) { // is told to whom it happened, and does not stop the line
                waiting.otherwise().accept(e);
            }
        }
    }

    // ---- what the session tells, on its event loop

    @Override
    public void opened(Session session) {
        Conversation open = conversations.apply(session);
        acknowledged = open;
        if (!settle(open, null)) {
            open.abort(); // it was cancelled at the last moment
        }
    }

    private Conversation opened() {
        if (acknowledged == null) {
            throw new IllegalStateException("the session tells something before it says that it is open");
        }
        return acknowledged;
    }

    @Override
    public void envelope(Session session, ByteBuf envelope) {
        opened().envelope(session, envelope);
    }

    @Override
    public void ended(Session session) {
        opened().ended(session);
    }

    @Override
    public void closed(Session session) {
        opened().closed(session);
    }

    @Override
    public void faulted(Session session, TransportException cause) {
        opened().faulted(session, cause);
    }
}
