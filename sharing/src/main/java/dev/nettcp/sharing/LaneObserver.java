package dev.nettcp.sharing;

/**
 * Watches the ends of lanes in this process step by step: for metrics, flight recordings and traces, and for tests that stop
 * a process at a certain step. Called on the event loop of the lane, which waits for the return of each call.
 */
public interface LaneObserver {
    /** Watches nothing. */
    LaneObserver NONE = new LaneObserver() {};

    /** The rules know what the event leads to, and nothing of that has been done yet. */
    default void decided(LaneEvent event, LaneStep<?> step) {}

    /** Everything that the event led to has been done. */
    default void performed(LaneEvent event, LaneStep<?> step) {}
}
