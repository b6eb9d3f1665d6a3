package dev.nettcp.connection;

import org.jspecify.annotations.Nullable;

/** The address is taken, whoever holds it: another program that has the port, or another worker that registered the address. */
public final class AddressInUseException extends ListenException {

    private static final long serialVersionUID = 1L;

    public AddressInUseException(String message, @Nullable Throwable cause) {
        super(Reason.ADDRESS_IN_USE, message, cause);
    }

    public AddressInUseException(String message) {
        this(message, null);
    }
}
