package dev.nettcp.capture;

import java.io.IOException;

/** The file is no capture, or a damaged one. The message says at which byte, what was seen there and what was allowed. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1;

    private final long offset;

    CaptureException(long offset, String message) {
        super("byte " + offset + ": " + message);
        this.offset = offset;
    }

    CaptureException(long offset, String message, Throwable cause) {
        super("byte " + offset + ": " + message, cause);
        this.offset = offset;
    }

    /** Where in the file. */
    public long offset() {
        return offset;
    }
}
