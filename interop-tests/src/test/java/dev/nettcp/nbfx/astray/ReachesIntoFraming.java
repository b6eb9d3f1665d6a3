package dev.nettcp.nbfx.astray;

import dev.nettcp.framing.FramingMode;

/** Deliberately wrong: nbfx and framing never meet. Proves that the rules of the architecture find such a class. */
public final class ReachesIntoFraming {

    private ReachesIntoFraming() {}

    static FramingMode forbidden() {
        return FramingMode.DUPLEX;
    }
}
