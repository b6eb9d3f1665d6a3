package dev.nettcp.interop.crash;

import java.time.Duration;

/** The limits of the matrix's processes: short enough to be waited for, long enough not to be met by chance. */
final class Limits {

    /** The sender's, for taken. */
    static final Duration TAKEN = Duration.ofMillis(700);

    /** The receiver's, for the descriptor; as by default clearly more than the sender's for taken. */
    static final Duration DESCRIPTOR = Duration.ofMillis(1600);

    /** The service's, for everything between routing and taken. */
    static final Duration QUEUE = Duration.ofMillis(2500);

    /** The worker's, for an answer of the service and for its room. */
    static final Duration ANSWER = Duration.ofMillis(1500);

    /** More than any of them but {@link #QUEUE}. */
    static final Duration BEYOND = Duration.ofMillis(1900);

    private Limits() {}
}
