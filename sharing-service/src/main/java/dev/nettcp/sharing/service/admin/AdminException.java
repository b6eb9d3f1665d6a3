package dev.nettcp.sharing.service.admin;

import dev.nettcp.sharing.StatusCode;
import java.io.IOException;

/** The service did not do what an operator asked; the message is the service's reason. */
public final class AdminException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient StatusCode status;

    AdminException(StatusCode status, String message) {
        super(message);
        this.status = status;
    }

    public StatusCode status() {
        return status;
    }
}
