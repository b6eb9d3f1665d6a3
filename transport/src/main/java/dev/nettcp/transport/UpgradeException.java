package dev.nettcp.transport;

import dev.nettcp.framing.FailureKind;
import org.jspecify.annotations.Nullable;

/** The stream could not be secured: the peer does not offer the upgrade, or the handshake failed. */
public final class UpgradeException extends TransportException {

    private static final long serialVersionUID = 1L;

    public UpgradeException(String message, @Nullable Throwable cause) {
        super(FailureKind.SECURITY, message, cause);
    }

    public UpgradeException(String message) {
        this(message, null);
    }
}
