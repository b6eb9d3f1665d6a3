package dev.nettcp.binding;

/** Where a binding puts its security; the members of WCF's {@code SecurityMode}. */
public enum SecurityMode {
    /** No security at all: no upgrade of the stream, no security headers. */
    NONE,
    /** The stream is upgraded (TLS or Negotiate). WCF's default. */
    TRANSPORT,
    /** WS-Security headers in each message. */
    MESSAGE,
    /** The stream is upgraded to TLS, and each message carries the client's credential. */
    TRANSPORT_WITH_MESSAGE_CREDENTIAL
}
