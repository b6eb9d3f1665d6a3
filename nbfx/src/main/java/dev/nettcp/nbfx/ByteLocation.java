package dev.nettcp.nbfx;

import javax.xml.stream.Location;
import org.jspecify.annotations.Nullable;

/** A place in a document that has bytes but no lines. */
record ByteLocation(long offset) implements Location {
    @Override
    public int getLineNumber() {
        return -1;
    }

    @Override
    public int getColumnNumber() {
        return -1;
    }

    /** The offset of the byte, -1 beyond 2^31. */
    @Override
    public int getCharacterOffset() {
        return offset <= Integer.MAX_VALUE ? (int) offset : -1;
    }

    @Override
    public @Nullable String getPublicId() {
        return null;
    }

    @Override
    public @Nullable String getSystemId() {
        return null;
    }
}
