package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import org.jspecify.annotations.Nullable;

/** No connection: the name is unknown, the host unreachable, or nobody listens there. */
public final class ConnectException extends TransportException {

    private static final long serialVersionUID = 1L;

    public ConnectException(String message, @Nullable Throwable cause) {
        super(FailureKind.ENDPOINT_NOT_FOUND, message, cause);
    }

    public ConnectException(String message) {
        this(message, null);
    }
}
