package dev.nettcp.binding;

import static dev.nettcp.soap.FaultCodes.ACTION_NOT_SUPPORTED;
import static dev.nettcp.soap.FaultCodes.ADDRESSING_FAULT_ACTION;
import static dev.nettcp.soap.FaultCodes.DESERIALIZATION_FAILED;
import static dev.nettcp.soap.FaultCodes.DESTINATION_UNREACHABLE;
import static dev.nettcp.soap.FaultCodes.DISPATCHER_FAULT_ACTION;
import static dev.nettcp.soap.FaultCodes.INTERNAL_SERVICE_FAULT;
import static dev.nettcp.soap.FaultCodes.MUST_UNDERSTAND;
import static dev.nettcp.soap.FaultCodes.SOAP_FAULT_ACTION;

import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.Namespaces;
import dev.nettcp.soap.SoapFault;
import java.util.List;
import javax.xml.namespace.QName;

/** The faults that are sent on behalf of a handler, with the codes and actions of WCF's dispatcher. */
final class Faults {
    private static final QName NOT_UNDERSTOOD = new QName(Namespaces.ENVELOPE, "NotUnderstood", "s");

    private Faults() {}

    static Message destinationUnreachable(Message request) {
        SoapFault fault = SoapFault.sender("The session was opened here, but its first message is addressed to '"
                        + request.to().orElse("")
                        + "', which is no endpoint here. Check that both sides mean the same address.")
                .withSubcode(DESTINATION_UNREACHABLE);
        return Message.fault(SOAP_FAULT_ACTION, fault);
    }

    static Message of(SoapFaultException thrown, boolean firstMessage) {
        boolean refusedByContract = firstMessage && thrown.fault().is(ACTION_NOT_SUPPORTED);
        return Message.fault(refusedByContract ? ADDRESSING_FAULT_ACTION : thrown.action(), thrown.fault());
    }

    static Message deserializationFailed(Throwable cause, boolean withDetail) {
        SoapFault fault = SoapFault.sender("The body of the message is not what the operation expects.")
                .withSubcode(DESERIALIZATION_FAILED);
        return Message.fault(DISPATCHER_FAULT_ACTION, withDetail ? detailed(fault, cause) : fault);
    }

    static Message internalServiceFault(Throwable cause, boolean withDetail) {
        if (withDetail) {
            String reason = String.valueOf(cause.getMessage());
            SoapFault fault = SoapFault.receiver(reason).withSubcode(INTERNAL_SERVICE_FAULT);
            return Message.fault(DISPATCHER_FAULT_ACTION, detailed(fault, cause));
        }
        SoapFault fault = SoapFault.receiver("The operation failed. The log of the service says why;"
                        + " includeExceptionDetailInFaults lets the fault say it too.")
                .withSubcode(INTERNAL_SERVICE_FAULT);
        return Message.fault(DISPATCHER_FAULT_ACTION, fault);
    }

    private static SoapFault detailed(SoapFault fault, Throwable cause) {
        return fault.withDetail(out -> ExceptionDetail.write(cause, out));
    }

    static Message mustUnderstand(List<Header> headers) {
        QName first = headers.get(0).name();
        SoapFault fault = SoapFault.of(
                MUST_UNDERSTAND,
                "The header '" + first.getLocalPart() + "' of the namespace '" + first.getNamespaceURI()
                        + "' must be understood and is not known here.");
        Message message = Message.fault(SOAP_FAULT_ACTION, fault);
        for (Header header : headers) {
            message = message.withHeader(notUnderstood(header.name()));
        }
        return message;
    }

    /** SOAP 1.2 part 1, section 5.4.8: names the header in an attribute, with a prefix that is declared there. */
    private static Header notUnderstood(QName name) {
        return Header.of(NOT_UNDERSTOOD, out -> {
            out.writeAttribute("qname", "h:" + name.getLocalPart());
            out.writeNamespace("h", name.getNamespaceURI());
        });
    }
}
