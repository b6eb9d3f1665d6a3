package dev.nettcp.nbfx;

import org.jspecify.annotations.Nullable;

/** Names, prefixes and namespaces are interned when they are read, so that comparing them costs nothing. */
final class Interned {
    private Interned() {}

    /** Whether two interned strings are equal. */
    @SuppressWarnings("ReferenceEquality")
    static boolean same(@Nullable String one, @Nullable String other) {
        return one == other;
    }
}
