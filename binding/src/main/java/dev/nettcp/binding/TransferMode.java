package dev.nettcp.binding;

/** How envelopes travel; the members of WCF's {@code TransferMode}. Both sides must agree on the framing mode. */
public enum TransferMode {
    /** Whole messages in a duplex session: requests, replies and calls back on one connection. */
    BUFFERED,
    /** Request and reply are streams; one call a session. */
    STREAMED,
    /** The request is a stream. */
    STREAMED_REQUEST,
    /** The reply is a stream. */
    STREAMED_RESPONSE
}
