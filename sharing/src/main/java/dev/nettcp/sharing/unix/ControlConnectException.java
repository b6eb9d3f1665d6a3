package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.StatusCode;
import java.io.IOException;

/** Why no control session or lane came about. */
public final class ControlConnectException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Reason {
        /** There is no socket at the path. */
        NO_SOCKET,
        /** There is one, and nobody listens on it. */
        NOBODY_LISTENS,
        /** The permissions of the socket or of a directory above it forbid connecting. */
        NO_PERMISSION,
        /** Whoever listens is neither root nor this process's user nor the service's configured one. */
        UNTRUSTED_PEER,
        /** The service said no; {@link #status} has its code. */
        REFUSED,
        /** No answer came in time, or the connection ended instead, or made no sense. */
        NO_ANSWER
    }

    private final Reason reason;
    private final transient StatusCode status;

    ControlConnectException(Reason reason, String message) {
        this(reason, StatusCode.SUCCESS, message);
    }

    ControlConnectException(Reason reason, StatusCode status, String message) {
        super(message);
        this.reason = reason;
        this.status = status;
    }

    public Reason reason() {
        return reason;
    }

    /** The code of a refusal; success where the reason is another. */
    public StatusCode status() {
        return status;
    }
}
