package dev.nettcp.framing;

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
}
