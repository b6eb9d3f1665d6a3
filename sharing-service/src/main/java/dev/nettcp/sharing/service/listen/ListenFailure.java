package dev.nettcp.sharing.service.listen;

import java.io.IOException;

/** A port could not be opened; the message names the address and what the kernel said. */
public final class ListenFailure extends IOException {
    private static final long serialVersionUID = 1L;

    ListenFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
