package dev.nettcp.binding;

import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Namespaces;
import dev.nettcp.soap.SoapFault;
import java.io.Serial;

/**
 * A SOAP fault: of the layer {@link NetTcpException.Layer#ADDRESSING} if one of its subcodes is WS-Addressing's, else of {@link
 * NetTcpException.Layer#SOAP}. A client's call throws it when the reply is a fault; a handler throws it to answer with one, after which the session
 * can still be used.
 */
public class SoapFaultException extends NetTcpException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient SoapFault fault;
    private final String action;

    /** A fault without an action of its own. */
    public SoapFaultException(SoapFault fault) {
        this(fault, FaultCodes.SOAP_FAULT_ACTION);
    }

    /**
     * A fault with an action.
     *
     * @param action by which a WCF client finds the type of the detail: action of the request, name of the detail, {@code Fault}
     */
    public SoapFaultException(SoapFault fault, String action) {
        super(layerOf(fault), fault.toString(), null);
        this.fault = fault;
        this.action = action;
    }

    private static Layer layerOf(SoapFault fault) {
        boolean addressing = fault.subcodes().stream()
                .anyMatch(subcode -> subcode.getNamespaceURI().equals(Namespaces.ADDRESSING));
        return addressing ? Layer.ADDRESSING : Layer.SOAP;
    }

    /** Code, subcodes, reasons, detail. */
    public SoapFault fault() {
        return fault;
    }

    /** The action of the fault. */
    public String action() {
        return action;
    }
}
