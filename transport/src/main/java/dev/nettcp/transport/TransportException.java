package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A session could not be opened, or ended before its end. The subclass names the layer, the message what to do about it. */
public sealed class TransportException extends IOException
        permits ConnectException,
                ConnectionLostException,
                PeerFaultException,
                ProtocolException,
                QuotaExceededException,
                SessionClosedException,
                SessionRefusedException,
                TransportTimeoutException,
                UpgradeException {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    TransportException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What a .NET client would call it. */
    public FailureKind kind() {
        return kind;
    }
}
