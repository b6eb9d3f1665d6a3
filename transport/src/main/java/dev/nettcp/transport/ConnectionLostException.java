package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import org.jspecify.annotations.Nullable;

/** The connection ended where the protocol does not allow it: a reset, or the end of the stream in the middle of something. */
public final class ConnectionLostException extends TransportException {

    private static final long serialVersionUID = 1L;

    public ConnectionLostException(String message, @Nullable Throwable cause) {
        super(FailureKind.COMMUNICATION, message, cause);
    }

    public ConnectionLostException(String message) {
        this(message, null);
    }
}
