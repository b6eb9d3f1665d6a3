package dev.nettcp.binding;

/** How envelopes travel; the members of WCF's {@code TransferMode}. Both sides must agree on the framing mode. */
public enum TransferMode {
    /** Whole messages in a duplex session: requests, replies and calls back on one connection. */
    BUFFERED,
    /** Request and reply are streams: written as they are encoded, read as they arrive. One call a session, nothing else. */
    STREAMED,
    /** As {@link #STREAMED}, but the reply is encoded whole before it is sent. */
    STREAMED_REQUEST,
    /** As {@link #STREAMED}, but the request is encoded whole before it is sent. */
    STREAMED_RESPONSE;

    /** Whether every call is a session of its own, with messages that are read as they arrive; on both sides, whichever direction is streamed. */
    boolean isStreamed() {
        return this != BUFFERED;
    }

    /** Whether a client writes its requests as they are encoded. */
    boolean isRequestStreamed() {
        return this == STREAMED || this == STREAMED_REQUEST;
    }

    /** Whether a server writes its replies as they are encoded. */
    boolean isReplyStreamed() {
        return this == STREAMED || this == STREAMED_RESPONSE;
    }
}
