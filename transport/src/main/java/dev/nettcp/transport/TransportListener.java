package dev.nettcp.transport;

/**
 * Is told what happens on the connections of a server or a client: for metrics, and for whoever wants to know where the time goes. Events are few
 * for each session; envelopes are told one by one, so those two methods should do no more than count.
 *
 * <p>Called on event loops, by several of them at the same time: it must not block. What it throws is logged once and harms nobody. The same things
 * go to the JDK's Flight Recorder, with or without a listener; {@code docs/observability.md} lists both.
 */
@FunctionalInterface
public interface TransportListener {

    /** Nobody listens. */
    TransportListener NONE = event -> {};

    /** Something happened; in the order in which it did, as far as it is about one connection. */
    void happened(TransportEvent event);

    /** An envelope of so many bytes has arrived; in a singleton session a part of it, perhaps one of several. */
    default void envelopeReceived(Session session, int bytes) {}

    /** An envelope of so many bytes is written; in a singleton session a part of it, perhaps one of several. */
    default void envelopeSent(Session session, int bytes) {}
}
