package dev.nettcp.soap;

import javax.xml.namespace.QName;

/**
 * The codes, subcodes and actions of the faults that the layers below a service's own send themselves: SOAP 1.2 part 1 section 5.4.6,
 * WS-Addressing 1.0 SOAP binding section 6.4, and WCF's dispatcher.
 */
public final class FaultCodes {
    /** Code: the message is at fault. */
    public static final QName SENDER = soap("Sender");

    /** Code: the receiver is at fault. */
    public static final QName RECEIVER = soap("Receiver");

    /** Code: a header that must be understood was not. */
    public static final QName MUST_UNDERSTAND = soap("MustUnderstand");

    /** Subcode: the first message of a session is addressed to no endpoint here. */
    public static final QName DESTINATION_UNREACHABLE = addressing("DestinationUnreachable");

    /** Subcode: no operation has this action. */
    public static final QName ACTION_NOT_SUPPORTED = addressing("ActionNotSupported");

    /** Subcode: the operation failed in a way that its author did not foresee. */
    public static final QName INTERNAL_SERVICE_FAULT = dispatcher("InternalServiceFault");

    /** Subcode: the body is not what the operation expects. */
    public static final QName DESERIALIZATION_FAILED = dispatcher("DeserializationFailed");

    /** Subcode: the session is ending and takes no more messages. */
    public static final QName SESSION_TERMINATED = dispatcher("SessionTerminated");

    /** The action of a fault that has no action of its own. */
    public static final String SOAP_FAULT_ACTION = Namespaces.ADDRESSING + "/soap/fault";

    /** The action of WS-Addressing's faults. */
    public static final String ADDRESSING_FAULT_ACTION = Namespaces.ADDRESSING + "/fault";

    /** The action of the dispatcher's faults. */
    public static final String DISPATCHER_FAULT_ACTION = Namespaces.DISPATCHER + "/fault";

    private FaultCodes() {}

    private static QName soap(String name) {
        return new QName(Namespaces.ENVELOPE, name, "s");
    }

    private static QName addressing(String name) {
        return new QName(Namespaces.ADDRESSING, name, "a");
    }

    private static QName dispatcher(String name) {
        return new QName(Namespaces.DISPATCHER, name, "a");
    }
}
