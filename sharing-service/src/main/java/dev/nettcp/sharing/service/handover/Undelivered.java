package dev.nettcp.sharing.service.handover;

import dev.nettcp.framing.FaultCode;
import java.time.Duration;

/** What becomes of a connection that a queue could not deliver. It belongs to this call. */
interface Undelivered {
    /**
     * It was not taken, or its worker has gone: it is routed as if it had just arrived.
     *
     * @param pause what it waits before; zero: nothing
     */
    void again(PendingConnection connection, Duration pause);

    /** It is ended with this fault. */
    void refused(PendingConnection connection, FaultCode fault);
}
