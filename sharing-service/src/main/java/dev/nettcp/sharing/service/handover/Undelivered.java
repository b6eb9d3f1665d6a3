package dev.nettcp.sharing.service.handover;

import dev.nettcp.framing.FaultCode;

/** What becomes of a connection that a queue could not deliver. It belongs to this call. */
interface Undelivered {
    /** It was not taken, or its worker has gone: it is routed as if it had just arrived. */
    void again(PendingConnection connection);

    /** It is ended with this fault. */
    void refused(PendingConnection connection, FaultCode fault);
}
