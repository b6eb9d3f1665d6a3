package dev.nettcp.framing;

import java.util.Optional;

/** How the envelopes of a session travel: the mode record, [MC-NMF] 2.2.3.2. */
public enum FramingMode {
    /** One request and at most one reply, each as an unsized envelope; WCF's streamed transfer modes. */
    SINGLETON_UNSIZED(1),
    /** Sized envelopes in both directions; WCF's buffered transfer mode. */
    DUPLEX(2),
    /** One direction only; made for queues, refused on TCP. */
    SIMPLEX(3),
    /** One direction only, one envelope until the end of the stream; made for files, refused on TCP. */
    SINGLETON_SIZED(4);

    private final int value;

    FramingMode(int value) {
        this.value = value;
    }

    /** The byte on the wire. */
    public int value() {
        return value;
    }

    /** The mode of a byte on the wire; empty for 0 and for 5 and above, which the specification leaves undefined. */
    public static Optional<FramingMode> of(int value) {
        return value >= 1 && value <= 4 ? Optional.of(values()[value - 1]) : Optional.empty();
    }

    /** Whether net.tcp serves this mode: the other two were made for transports of one direction. */
    public boolean servedOverTcp() {
        return this == DUPLEX || this == SINGLETON_UNSIZED;
    }
}
