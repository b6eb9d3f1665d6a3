package dev.nettcp.sharing;

/**
 * How an offered connection fared. Only {@link Taken} moves the ownership: then the sender closes its copy of the
 * descriptor at once and touches nothing else. After the others the connection is the sender's as before, and untouched.
 */
public sealed interface HandoverOutcome {
    /** The peer owns the connection now. */
    record Taken() implements HandoverOutcome {}

    /** The peer does not want this connection; the lane is free for the next. */
    record Declined(DeclineReason reason, String text) implements HandoverOutcome {
        public Declined {
            text = PeerText.shown(text);
        }
    }

    /**
     * The lane broke or a wait ran out before the peer took the connection; the lane is closed.
     *
     * @param why for the log: what was awaited, and what came instead
     * @param descriptorSent whether the peer was sent a descriptor before (which it closes without touching it)
     */
    record Failed(String why, boolean descriptorSent) implements HandoverOutcome {
        public Failed {
            why = PeerText.shown(why);
        }
    }
}
