package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import org.jspecify.annotations.Nullable;

/** A step took longer than its timeout; the message names both. */
public final class TransportTimeoutException extends TransportException {

    private static final long serialVersionUID = 1L;

    public TransportTimeoutException(String message, @Nullable Throwable cause) {
        super(FailureKind.COMMUNICATION, message, cause);
    }

    public TransportTimeoutException(String message) {
        this(message, null);
    }
}
