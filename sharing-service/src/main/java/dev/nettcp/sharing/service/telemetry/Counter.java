package dev.nettcp.sharing.service.telemetry;

import java.util.Locale;

/**
 * What is counted since the start of the service. The first six are the counters of the original service under their meanings;
 * the others count what it left out, so that every accepted connection shows up somewhere.
 */
public enum Counter {
    /** A TCP connection has left accept, before anything is read from it. */
    CONNECTIONS_ACCEPTED("accepted TCP connections"),
    /** The via or the encoding was wrong, too long, too late or cut short. */
    PROTOCOL_FAILURES("connections whose via or encoding could not be read"),
    /** No route, paused, or too many waiting. */
    DISPATCH_FAILURES("connections without a route, while paused, or of a full queue"),
    /** A worker has taken the connection. */
    CONNECTIONS_DISPATCHED("connections a worker has taken"),
    /** A base address has come into the routing table. */
    URIS_REGISTERED("base addresses registered"),
    /** A base address has left the routing table. */
    URIS_UNREGISTERED("base addresses given back or lost"),

    /** The version or the mode was wrong, too late or cut short. */
    EARLY_FAILURES("connections that failed before their via"),
    /** The client closed without having sent a byte. */
    SILENT_CLOSES("connections that ended without a byte"),
    /** One offer to a worker that it did not take. */
    HANDOVER_FAILURES("offers that a worker did not take"),
    /** A connection that got ConnectionDispatchFailed. */
    HANDOVERS_GIVEN_UP("connections that no worker would take"),
    /** A connection that got EndpointUnavailable since its time in the queue was over. */
    QUEUE_TIMEOUTS("connections that waited too long for their worker"),
    /** The client had gone before a worker took its connection. */
    CLIENTS_GONE("clients that left while they waited"),
    /** A connection was still the service's when it stopped. */
    ENDED_BY_STOP("connections cut by a stop of the service"),
    /** A worker gave a pooled connection back. */
    CONNECTIONS_RETURNED("pooled connections that workers gave back"),
    /** What a worker gave back was not wanted. */
    RETURNS_REFUSED("returned connections that were not acceptable"),
    /** A worker asked to whom a via leads. */
    VALIDATIONS("questions of workers about a route"),
    /** A registration was refused. */
    REGISTRATIONS_REFUSED("refused registrations"),
    /** Somebody came to the control socket who may not. */
    ACCOUNTS_REFUSED("refused accounts"),
    /** A listening socket has stopped accepting, since the process was out of descriptors. */
    ACCEPT_PAUSES("times accepting paused for want of descriptors");

    private final String description;

    Counter(String description) {
        this.description = description;
    }

    /** For people: what has been counted. */
    public String description() {
        return description;
    }

    /** For listings: {@code connections-accepted}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
