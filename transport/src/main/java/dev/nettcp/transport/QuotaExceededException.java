package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import org.jspecify.annotations.Nullable;

/** The peer sent more than a limit of this side allows; the message names the limit. */
public final class QuotaExceededException extends TransportException {

    private static final long serialVersionUID = 1L;

    public QuotaExceededException(String message, @Nullable Throwable cause) {
        super(FailureKind.QUOTA_EXCEEDED, message, cause);
    }

    public QuotaExceededException(String message) {
        this(message, null);
    }
}
