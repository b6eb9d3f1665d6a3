package dev.nettcp.soap;

import java.io.IOException;
import java.io.Serial;

/** The bytes are no SOAP 1.2 message in the encoding agreed on: no envelope, broken headers, one header twice. */
public class InvalidMessageException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidMessageException(String message) {
        super(message);
    }

    InvalidMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
