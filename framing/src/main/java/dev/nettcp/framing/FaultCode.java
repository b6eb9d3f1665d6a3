package dev.nettcp.framing;

/**
 * Why a server refuses, named by URI on the wire, [MC-NMF] 2.2.5. A code this version has no constant for is still
 * equal, sent and logged. Peers compare the text exactly, letter case included.
 */
public record FaultCode(String uri) {
    private static final String BASE = "http://schemas.microsoft.com/ws/2006/05/framing/faults/";

    /** A major version other than 1. */
    public static final FaultCode UNSUPPORTED_VERSION = named("UnsupportedVersion");
    /** A mode that is undefined, not meant for TCP, or not the one of the endpoint. */
    public static final FaultCode UNSUPPORTED_MODE = named("UnsupportedMode");
    /** Nobody listens at the via. */
    public static final FaultCode ENDPOINT_NOT_FOUND = named("EndpointNotFound");
    /** Somebody should listen at the via, but is paused, disabled or gone. */
    public static final FaultCode ENDPOINT_UNAVAILABLE = named("EndpointUnavailable");
    /** In the specification only; .NET peers neither send nor know it. */
    public static final FaultCode ENDPOINT_ACCESS_DENIED = named("EndpointAccessDenied");
    /** In the specification only; .NET peers neither send nor know it. */
    public static final FaultCode ENDPOINT_PAUSED = named("EndpointPaused");
    /** In the specification only; .NET peers neither send nor know it. */
    public static final FaultCode INVALID_RECORD_SEQUENCE = named("InvalidRecordSequence");
    /** The host could not start the service behind the via. */
    public static final FaultCode SERVICE_ACTIVATION_FAILED = named("ServiceActivationFailed");
    /** The endpoint does not speak this encoding. */
    public static final FaultCode CONTENT_TYPE_INVALID = named("ContentTypeInvalid");
    /** Known to clients, never sent by the original, which aborts instead. */
    public static final FaultCode CONTENT_TYPE_TOO_LONG = named("ContentTypeTooLong");
    /** Known to clients, never sent by the original, which aborts instead. */
    public static final FaultCode VIA_TOO_LONG = named("ViaTooLong");
    /** The endpoint does not offer this upgrade. */
    public static final FaultCode UPGRADE_INVALID = named("UpgradeInvalid");
    /** An envelope over the limit. The suffix {@code Fault} is part of this name, and of no other. */
    public static final FaultCode MAX_MESSAGE_SIZE_EXCEEDED = named("MaxMessageSizeExceededFault");
    /** Known to clients, without a sender in the original: we send it when a queue is full. */
    public static final FaultCode SERVER_TOO_BUSY = named("ServerTooBusy");
    /** Port sharing: the connection could not be handed to the worker. */
    public static final FaultCode CONNECTION_DISPATCH_FAILED = named("ConnectionDispatchFailed");

    private static FaultCode named(String name) {
        return new FaultCode(BASE + name);
    }

    /** The last part of a URI of the specification, the whole text of any other: for logs. */
    public String name() {
        return uri.startsWith(BASE) ? uri.substring(BASE.length()) : uri;
    }
}
