package dev.nettcp.binding;

import dev.nettcp.soap.Message;
import dev.nettcp.soap.UniqueId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one session that wait for their reply, by the MessageID of the request, which the reply names in RelatesTo. Remembers for
 * a while the calls that nobody waits for any more, so that a late reply is not taken for a new message.
 *
 * <p>Only keeps books: whoever takes a call out completes it, outside of this object's lock. Any thread.
 */
final class CallTable {
    private static final int REMEMBERED = 1024;

    private final Map<UniqueId, Call> waiting = new HashMap<>();
    private final Set<UniqueId> abandoned = new LinkedHashSet<>();
    private @Nullable Exception closedBy;

    /** A request whose reply is waited for. */
    record Call(UniqueId id, String action, CompletableFuture<Message> reply) {}

    /**
     * Enters a call before its request is sent.
     *
     * @return why it cannot be answered any more, if it cannot
     */
    synchronized @Nullable Exception enter(Call call) {
        if (closedBy == null && waiting.putIfAbsent(call.id(), call) != null) {
            throw new IllegalArgumentException("a request with the MessageID " + call.id() + " is waiting already");
        }
        return closedBy;
    }

    /** Takes out the call that a message with this RelatesTo answers. */
    synchronized Optional<Call> answered(UniqueId relatesTo) {
        return Optional.ofNullable(waiting.remove(relatesTo));
    }

    /** Takes out a call that nobody waits for any more. Whether it was there. */
    synchronized boolean abandon(UniqueId id) {
        if (waiting.remove(id) == null) {
            return false;
        }
        if (abandoned.size() == REMEMBERED) {
            Iterator<UniqueId> oldest = abandoned.iterator();
            oldest.next();
            oldest.remove();
        }
        return abandoned.add(id);
    }

    /** Whether a message with this RelatesTo is the reply to an abandoned call; true once. */
    synchronized boolean isLate(UniqueId relatesTo) {
        return abandoned.remove(relatesTo);
    }

    /** Takes out all calls, and lets no more in: no reply can come any more. */
    synchronized List<Call> close(Exception cause) {
        if (closedBy == null) {
            closedBy = cause;
        }
        List<Call> calls = new ArrayList<>(waiting.values());
        waiting.clear();
        return calls;
    }

    synchronized boolean isClosed() {
        return closedBy != null;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
