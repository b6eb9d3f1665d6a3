package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import org.jspecify.annotations.Nullable;

/** The session has ended, or this side has aborted it: by shutdown, or since its owner failed. */
public final class SessionClosedException extends TransportException {

    private static final long serialVersionUID = 1L;

    public SessionClosedException(String message, @Nullable Throwable cause) {
        super(FailureKind.COMMUNICATION, message, cause);
    }

    public SessionClosedException(String message) {
        this(message, null);
    }
}
