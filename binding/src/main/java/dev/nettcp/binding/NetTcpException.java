package dev.nettcp.binding;

import java.io.IOException;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call or a session failed. Says in which layer, and carries the peer's fault where it sent one. */
public class NetTcpException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Where it failed. */
    public enum Layer {
        /** Nobody could be connected to. */
        CONNECT,
        /** The peer refused the session, or broke the rules of message framing. */
        FRAMING,
        /** The stream could not be secured, or broke: one side does not trust the other, or does not keep to TLS. */
        UPGRADE,
        /** Bytes that are no message, or a message that cannot be written. */
        ENCODING,
        /** A message is larger than one of the two sides allows. */
        QUOTA,
        /** Something took too long. */
        TIMEOUT,
        /** The session ended, or was used after its end. */
        SESSION,
        /** The other side has no endpoint, or no operation, that the headers of the message name: a SOAP fault of WS-Addressing. */
        ADDRESSING,
        /** The other side answered with another SOAP fault. */
        SOAP
    }

    private final Layer layer;
    private final @Nullable String framingFault;

    /** A failure without a fault of the framing layer. */
    public NetTcpException(Layer layer, String message, @Nullable Throwable cause) {
        this(layer, message, null, cause);
    }

    NetTcpException(Layer layer, String message, @Nullable String framingFault, @Nullable Throwable cause) {
        super(message, cause);
        this.layer = layer;
        this.framingFault = framingFault;
    }

    /** Where it failed. */
    public Layer layer() {
        return layer;
    }

    /** The URI of the framing fault that the peer sent, if it sent one. */
    public Optional<String> framingFault() {
        return Optional.ofNullable(framingFault);
    }
}
