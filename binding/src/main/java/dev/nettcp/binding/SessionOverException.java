package dev.nettcp.binding;

import java.io.Serial;

/** The session was over before the message was given to it: nothing of it was sent, and it may be sent in another session. */
final class SessionOverException extends NetTcpException {
    @Serial
    private static final long serialVersionUID = 1L;

    SessionOverException(Throwable cause) {
        super(Layer.SESSION, "the session is over: " + cause.getMessage(), cause);
    }
}
