package dev.nettcp.connection;

/** What becomes of a connection at its second or a later preamble. */
public enum ReuseDecision {
    /** The session is for us. */
    KEEP,
    /** The session is for somebody who must not get a connection from us: reset, and the client retries on a new one. */
    ABORT,
    /** The session is for another worker of the same user: the connection goes back to the service. */
    RETURN
}
