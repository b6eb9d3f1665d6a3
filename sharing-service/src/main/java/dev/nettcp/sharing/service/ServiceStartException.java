package dev.nettcp.sharing.service;

import java.io.IOException;

/** The service could not start; the message is one sentence for people: what stands in the way, and the remedy. */
public final class ServiceStartException extends IOException {
    private static final long serialVersionUID = 1L;

    ServiceStartException(String message) {
        super(message);
    }

    ServiceStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
