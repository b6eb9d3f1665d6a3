package dev.nettcp.sharing.service.config;

/** What happens where the original service drops a connection without a word. */
public enum Parity {
    /** The framing fault that exists for the case is sent. */
    FRIENDLY,
    /** The connection is dropped as the original does. */
    STRICT
}
