package dev.nettcp.soap;

import java.io.Serial;

/** The headers of a streamed message are longer than this side keeps in memory. */
public final class HeadersTooLongException extends InvalidMessageException {
    @Serial
    private static final long serialVersionUID = 1L;

    HeadersTooLongException(int limit, Throwable cause) {
        super(
                "the headers of the message are longer than " + limit
                        + " bytes; maxBufferSize is the setting to raise, if they are meant to be",
                cause);
    }
}
