package dev.nettcp.connection;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An address cannot be listened on. The message says who or what stands in the way and what to do about it. */
public class ListenException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Reason {
        /** The address is taken, by another program or by another registration. */
        ADDRESS_IN_USE,
        /** This process may not listen there: a port below 1024 without the right to it. */
        PERMISSION_DENIED,
        /** The host has no such address. */
        ADDRESS_NOT_AVAILABLE,
        /** The artifact that shares ports is not on the class path. */
        SHARING_NOT_INSTALLED,
        /** The port sharing service is not running. */
        SERVICE_NOT_RUNNING,
        /** The port sharing service is installed and switched off. */
        SERVICE_NOT_ENABLED,
        /** The port sharing service refuses this account. */
        SERVICE_ACCESS_REFUSED,
        /** The service refused the registration for another reason, which the message names. */
        REGISTRATION_REFUSED,
        /** Something else, which the message names. */
        OTHER
    }

    private final Reason reason;

    public ListenException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public ListenException(Reason reason, String message) {
        this(reason, message, null);
    }

    public Reason reason() {
        return reason;
    }
}
