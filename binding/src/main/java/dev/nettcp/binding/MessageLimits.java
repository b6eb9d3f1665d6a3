package dev.nettcp.binding;

/**
 * How large a message this side accepts. A larger one ends the session: a server answers the framing fault
 * MaxMessageSizeExceededFault, unless its reply has begun; a client's call, or the reading of the reply, fails. What is sent is not limited.
 *
 * @param maxReceivedMessageSize largest envelope in bytes, string table included; in a streamed transfer mode counted as it arrives
 * @param maxBufferSize the same while messages are buffered; in a streamed transfer mode, how long the headers are at most
 * @param maxBufferPoolSize has no effect here: buffers are pooled by Netty for the whole process
 */
public record MessageLimits(long maxReceivedMessageSize, int maxBufferSize, long maxBufferPoolSize) {
    /** WCF's defaults: 65 536 bytes, 524 288 bytes pooled. */
    public static final MessageLimits DEFAULT = new MessageLimits(65_536, 65_536, 524_288);

    /** Refuses sizes that are not positive. */
    public MessageLimits {
        Settings.positive(maxReceivedMessageSize, "maxReceivedMessageSize");
        Settings.positive(maxBufferSize, "maxBufferSize");
        if (maxBufferPoolSize < 0) {
            throw new InvalidBindingException("maxBufferPoolSize", maxBufferPoolSize + " is negative");
        }
    }
}
