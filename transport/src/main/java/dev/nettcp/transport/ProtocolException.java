package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import org.jspecify.annotations.Nullable;

/** The peer does not follow the protocol, or another one: an HTTP server, for example. */
public final class ProtocolException extends TransportException {

    private static final long serialVersionUID = 1L;

    public ProtocolException(String message, @Nullable Throwable cause) {
        super(FailureKind.PROTOCOL, message, cause);
    }

    public ProtocolException(String message) {
        this(message, null);
    }
}
