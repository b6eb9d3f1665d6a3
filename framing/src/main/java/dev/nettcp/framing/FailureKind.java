package dev.nettcp.framing;

import java.util.Map;

/** What a client makes of a session that failed: the kinds of exceptions in which .NET clients tell them apart. */
public enum FailureKind {
    /** Nobody is there (EndpointNotFoundException). */
    ENDPOINT_NOT_FOUND,
    /** The service could not be started (ServiceActivationException). */
    SERVICE_ACTIVATION_FAILED,
    /** Try again later (ServerTooBusyException). */
    SERVER_TOO_BUSY,
    /** Something was larger than one side's limit (CommunicationException around QuotaExceededException). */
    QUOTA_EXCEEDED,
    /** The securing of the stream failed (MessageSecurityException). */
    SECURITY,
    /** One side does not understand the other (ProtocolException). */
    PROTOCOL,
    /** Anything else between the two (CommunicationException). */
    COMMUNICATION;

    private static final Map<FaultCode, FailureKind> BY_FAULT = Map.ofEntries(
            Map.entry(FaultCode.ENDPOINT_NOT_FOUND, ENDPOINT_NOT_FOUND),
            Map.entry(FaultCode.ENDPOINT_UNAVAILABLE, ENDPOINT_NOT_FOUND),
            Map.entry(FaultCode.SERVICE_ACTIVATION_FAILED, SERVICE_ACTIVATION_FAILED),
            Map.entry(FaultCode.SERVER_TOO_BUSY, SERVER_TOO_BUSY),
            Map.entry(FaultCode.CONNECTION_DISPATCH_FAILED, COMMUNICATION),
            Map.entry(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED, QUOTA_EXCEEDED),
            Map.entry(FaultCode.CONTENT_TYPE_TOO_LONG, QUOTA_EXCEEDED),
            Map.entry(FaultCode.VIA_TOO_LONG, QUOTA_EXCEEDED),
            Map.entry(FaultCode.CONTENT_TYPE_INVALID, PROTOCOL),
            Map.entry(FaultCode.UNSUPPORTED_MODE, PROTOCOL),
            Map.entry(FaultCode.UNSUPPORTED_VERSION, PROTOCOL),
            Map.entry(FaultCode.UPGRADE_INVALID, PROTOCOL));

    /** The kind of a fault, whose text is compared exactly; PROTOCOL for one that no .NET client knows. */
    public static FailureKind of(FaultCode fault) {
        return BY_FAULT.getOrDefault(fault, PROTOCOL);
    }
}
