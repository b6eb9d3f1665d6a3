package dev.nettcp.binding;

import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.SoapFault;
import java.io.Serial;

/**
 * Thrown by a handler that has no operation for the action of a message. The session ends after the fault, as in WCF. At the caller the
 * fault is a {@link SoapFaultException} like any other.
 */
public final class ActionNotSupportedException extends SoapFaultException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** No operation has this action. */
    public ActionNotSupportedException(String action) {
        super(SoapFault.sender("No operation of this endpoint has the action '" + action
                        + "'. Check that both sides mean the same contract.")
                .withSubcode(FaultCodes.ACTION_NOT_SUPPORTED));
    }
}
