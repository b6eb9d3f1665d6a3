package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import dev.nettcp.framing.FaultCode;

/** Thrown by a {@link SessionListener} to refuse a session, with the fault the client is told. */
public final class SessionRefusedException extends TransportException {

    private static final long serialVersionUID = 1L;

    private final transient FaultCode fault;

    public SessionRefusedException(FaultCode fault, String message) {
        super(FailureKind.of(fault), message, null);
        this.fault = fault;
    }

    /** What the client is told. */
    public FaultCode fault() {
        return fault;
    }
}
