package dev.nettcp.sharing.unix;

/** What a control session may claim of the service, by what it has done so far. */
public enum Standing {
    /** It has done nothing yet, or nothing any more: it ends after the time for a greeting, or earlier when there are too many. */
    IDLE,
    /** It asks questions: it may stay, but ends when there are too many. */
    ASKING,
    /** It holds something, and stays as long as it likes. */
    HOLDING
}
