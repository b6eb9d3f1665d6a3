package dev.nettcp.framing;

/** How many bytes a server throws away behind a fault before it gives up and resets the connection. */
final class DrainLimit {
    private static final long DEFAULT = 65_536;
    private static final long MOST_FOR_AN_ENVELOPE = 64L << 20;

    private DrainLimit() {}

    /** As .NET: as long as the mode is unknown, what the rest of the largest preamble takes. */
    static long at(PreambleParser.Stage stage, FramingLimits limits) {
        return stage == PreambleParser.Stage.VERSION_AND_MODE
                ? (long) limits.maxViaBytes() + limits.maxContentTypeBytes()
                : DEFAULT;
    }

    /**
     * As above, and friendlier: a client sends the whole envelope before it reads the fault, and sees a reset in its
     * place if nobody takes the bytes.
     */
    static long behind(FramingException violation, PreambleParser.Stage stage, FramingLimits limits) {
        return at(stage, limits) + Math.min(violation.bytesToCome(), MOST_FOR_AN_ENVELOPE);
    }
}
