package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.PrintableText;
import dev.nettcp.framing.via.ViaUri;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server's fault means to the one who called it, and what to do about it. */
final class Faults {

    private static final Map<FaultCode, String> REMEDIES = Map.ofEntries(
            Map.entry(
                    FaultCode.ENDPOINT_NOT_FOUND,
                    "nothing listens at this address there. Compare it with the address of the service, path included"),
            Map.entry(
                    FaultCode.ENDPOINT_UNAVAILABLE,
                    "the service is known there, but paused, disabled or not running. Start it, or try again later"),
            Map.entry(FaultCode.SERVICE_ACTIVATION_FAILED, "the service could not be started. Its host's log says why"),
            Map.entry(FaultCode.SERVER_TOO_BUSY, "a queue of the server is full. Try again later"),
            Map.entry(
                    FaultCode.CONNECTION_DISPATCH_FAILED,
                    "the connection could not be handed to the service. The log of the port sharing service says why"),
            Map.entry(
                    FaultCode.CONTENT_TYPE_INVALID,
                    "the service speaks another message encoding. Make the encodings of both bindings agree"),
            Map.entry(
                    FaultCode.UNSUPPORTED_MODE,
                    "the service has another transfer mode. Make the transferMode of both bindings agree: buffered or streamed"),
            Map.entry(FaultCode.UNSUPPORTED_VERSION, "the server speaks another version of the protocol"),
            Map.entry(
                    FaultCode.UPGRADE_INVALID,
                    "the service does not offer this transport security. Make the security modes of both bindings agree"),
            Map.entry(
                    FaultCode.MAX_MESSAGE_SIZE_EXCEEDED,
                    "the message was larger than the server takes. Raise maxReceivedMessageSize there, or send less"),
            Map.entry(FaultCode.VIA_TOO_LONG, "the address is longer than the server takes"),
            Map.entry(FaultCode.CONTENT_TYPE_TOO_LONG, "the content type is longer than the server takes"));

    private Faults() {}

    static PeerFaultException explain(FaultCode fault, ConnectionAddresses addresses, @Nullable ViaUri via) {
        return new PeerFaultException(
                fault,
                "%s answered %s with the fault %s: %s."
                        .formatted(
                                addresses.remoteText(),
                                via == null ? "the session" : via,
                                PrintableText.of(fault.name()),
                                REMEDIES.getOrDefault(fault, "this fault is not known here")));
    }
}
