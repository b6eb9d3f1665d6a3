package dev.nettcp.binding;

/**
 * How large a message this side accepts. A larger one ends the session: a server answers the framing fault
 * MaxMessageSizeExceededFault, a client's call fails. What is sent is not limited.
 *
 * @param maxReceivedMessageSize largest envelope in bytes, string table included
 * @param maxBufferSize the same while messages are buffered
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
