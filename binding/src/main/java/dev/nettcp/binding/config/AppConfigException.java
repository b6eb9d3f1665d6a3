package dev.nettcp.binding.config;

import java.io.Serial;

/**
 * A configuration file says something that is wrong, or that cannot be done here. The message starts with file and line, and tells what was
 * seen, what is allowed and what to do.
 */
public final class AppConfigException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The name of the file. */
    private final String file;

    /** Counted from 1. */
    private final int line;

    AppConfigException(String file, int line, String message, Throwable cause) {
        super("%s:%d: %s".formatted(file, line, message), cause);
        this.file = file;
        this.line = line;
    }

    AppConfigException(String file, int line, String message) {
        super("%s:%d: %s".formatted(file, line, message));
        this.file = file;
        this.line = line;
    }

    /** The file, as it was given. */
    public String file() {
        return file;
    }

    /** The line where the start tag of the element ends, from 1. */
    public int line() {
        return line;
    }
}
