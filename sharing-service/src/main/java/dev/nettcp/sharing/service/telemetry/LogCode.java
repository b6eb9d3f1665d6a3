package dev.nettcp.sharing.service.telemetry;

/** The first word of every line the service logs; it stays when the words behind it get better. */
public enum LogCode {
    /** The service is ready. */
    STARTED("NTP100"),
    /** The service has begun to stop. */
    STOPPING("NTP101"),
    /** The service has stopped. */
    STOPPED("NTP102"),
    /** Routed connections get EndpointUnavailable from now on. */
    PAUSED("NTP103"),
    /** Routed connections go to their workers again. */
    CONTINUED("NTP104"),

    /** A base address is registered. */
    REGISTERED("NTP200"),
    /** A base address is free again. */
    UNREGISTERED("NTP201"),
    /** A registration was refused; who, what, and by which rule. */
    REGISTRATION_REFUSED("NTP202"),
    /** Somebody may not use the control socket. */
    ACCOUNT_REFUSED("NTP203"),
    /** A worker broke the registration protocol, or held a place at the control socket without using it. */
    WORKER_UNTRUSTED("NTP204"),

    /** A socket is listening. */
    LISTENING("NTP300"),
    /** A socket is no longer listening. */
    NOT_LISTENING("NTP301"),
    /** The sockets of a port could not be exchanged, nor the old ones opened again. */
    PORT_LOST("NTP302"),
    /** Accepting pauses: out of descriptors. */
    ACCEPT_PAUSED("NTP303"),
    /** Accepting goes on. */
    ACCEPT_CONTINUED("NTP304"),
    /** As many connections as allowed are between accept and routing; accepting pauses until one is through. */
    PENDING_LIMIT("NTP305"),

    /** A connection ended before it had a destination. */
    PREAMBLE_FAILED("NTP400"),
    /** A connection has no route. */
    NOT_ROUTED("NTP401"),
    /** The queue of a registration is full. */
    QUEUE_FULL("NTP402"),
    /** A worker did not take a connection. */
    HANDOVER_FAILED("NTP403"),
    /** A connection is given up. */
    DISPATCH_FAILED("NTP404"),
    /** What a worker gave back was not taken. */
    RETURN_REFUSED("NTP405"),

    /** Something went wrong that should not be able to. */
    UNEXPECTED("NTP900");

    private final String code;

    LogCode(String code) {
        this.code = code;
    }

    @Override
    public String toString() {
        return code;
    }
}
