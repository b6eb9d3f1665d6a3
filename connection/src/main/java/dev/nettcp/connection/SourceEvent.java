package dev.nettcp.connection;

import java.net.InetSocketAddress;
import java.util.List;

/** What happens to a {@link ConnectionSource} while it is open. */
public sealed interface SourceEvent {

    /** Clients reach the source, for the first time or again. */
    record Listening(List<InetSocketAddress> addresses) implements SourceEvent {}

    /** New clients do not reach the source for now, and it works on that by itself: the service is away. */
    record Interrupted(Throwable cause) implements SourceEvent {}

    /** The source takes no more connections for a while: the process has no descriptor left. */
    record Paused(Throwable cause) implements SourceEvent {}

    /** The source delivers no more. */
    record Stopped() implements SourceEvent {}
}
