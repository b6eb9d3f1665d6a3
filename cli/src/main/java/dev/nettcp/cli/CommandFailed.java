package dev.nettcp.cli;

import java.io.Serial;

/** A command could not do what it was asked for; the message is the whole sentence for the person who asked: what stood in the way, and the remedy. */
public final class CommandFailed extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public CommandFailed(String message) {
        super(message);
    }

    public CommandFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
