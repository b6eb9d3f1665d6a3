package dev.nettcp.cli.codec;

import java.util.Locale;

/** How binary output is written. */
enum OutputFormat {
    HEX,
    BASE64,
    /** The bytes themselves. */
    RAW;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
