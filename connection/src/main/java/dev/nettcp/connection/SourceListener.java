package dev.nettcp.connection;

/** Is told what happens to a {@link ConnectionSource}: for logs, health and tests. */
@FunctionalInterface
public interface SourceListener {

    /** Ignores everything. */
    SourceListener NONE = event -> {};

    /** Called on a thread of the source; must return quickly and not throw. */
    void onEvent(SourceEvent event);
}
