package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import dev.nettcp.framing.FaultCode;

/** The server refused the session, or gave it up, and said why with a framing fault. */
public final class PeerFaultException extends TransportException {

    private static final long serialVersionUID = 1L;

    private final transient FaultCode fault;

    public PeerFaultException(FaultCode fault, String message) {
        super(FailureKind.of(fault), message, null);
        this.fault = fault;
    }

    /** What the server said. */
    public FaultCode fault() {
        return fault;
    }
}
