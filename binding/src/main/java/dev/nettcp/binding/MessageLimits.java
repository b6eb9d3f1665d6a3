package dev.nettcp.binding;

import org.jspecify.annotations.Nullable;

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

    /** @param given null: maxBufferSize was not set */
    static MessageLimits streamed(long maxReceivedMessageSize, @Nullable Integer given, long maxBufferPoolSize) {
        long size = Settings.positive(maxReceivedMessageSize, "maxReceivedMessageSize");
        int buffer = given == null
                ? (int) Math.min(DEFAULT.maxBufferSize(), size)
                : Settings.positive(given, "maxBufferSize");
        if (buffer > size) {
            throw new InvalidBindingException(
                    "maxBufferSize", buffer + " is larger than maxReceivedMessageSize=" + size);
        }
        return new MessageLimits(size, buffer, maxBufferPoolSize);
    }

    /** @param given null: maxBufferSize was not set */
    static MessageLimits buffered(long maxReceivedMessageSize, @Nullable Integer given, long maxBufferPoolSize) {
        if (maxReceivedMessageSize > Integer.MAX_VALUE) {
            throw new InvalidBindingException(
                    "maxReceivedMessageSize",
                    maxReceivedMessageSize + " does not fit in 31 bits, which transferMode BUFFERED requires");
        }
        int size = (int) Settings.positive(maxReceivedMessageSize, "maxReceivedMessageSize");
        if (given != null && given != size) {
            throw new InvalidBindingException(
                    "maxBufferSize",
                    given + " differs from maxReceivedMessageSize=" + size
                            + "; they must be equal while transferMode is BUFFERED (or leave maxBufferSize out)");
        }
        return new MessageLimits(size, size, maxBufferPoolSize);
    }
}
