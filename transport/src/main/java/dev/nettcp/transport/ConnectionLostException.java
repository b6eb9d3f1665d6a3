package dev.nettcp.transport;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.SocketFailure;
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

    /** @param rest the end of the sentence, and others behind it */
    static ConnectionLostException of(ConnectionAddresses addresses, @Nullable Throwable cause, String rest) {
        return new ConnectionLostException(
                "The connection %s was lost%s%s"
                        .formatted(addresses, cause == null ? "" : ": " + SocketFailure.text(cause), rest),
                cause);
    }

    /** Left out: it would show the event loop and nothing else, and many are made when many peers go away. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
