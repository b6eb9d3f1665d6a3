package dev.nettcp.sharing;

import java.io.IOException;

/** The peer of a control session or lane broke the registration protocol; that one socket ends, nothing else. */
public final class ControlProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    public ControlProtocolException(String message) {
        super(message);
    }
}
