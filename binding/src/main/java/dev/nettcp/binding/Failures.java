package dev.nettcp.binding;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.soap.InvalidMessageException;
import dev.nettcp.transport.ConnectException;
import dev.nettcp.transport.PeerFaultException;
import dev.nettcp.transport.ProtocolException;
import dev.nettcp.transport.QuotaExceededException;
import dev.nettcp.transport.TransportTimeoutException;
import dev.nettcp.transport.UpgradeException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Turns what other layers throw into the exceptions of this one. */
final class Failures {
    private Failures() {}

    /** Without what futures put around it. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped = failure instanceof ExecutionException || failure instanceof CompletionException;
        return wrapped && cause != null ? unwrapped(cause) : failure;
    }

    /** Whether one of the causes is of that kind. */
    static boolean hasCause(Throwable failure, Class<? extends Throwable> kind) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The same failure, as this layer names it; with the stack of the thread that asks, which is where it hurts. */
    static NetTcpException of(Throwable failure) {
        Throwable cause = unwrapped(failure);
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof NetTcpTimeoutException timeout) {
            return new NetTcpTimeoutException(timeout);
        } else if (cause instanceof NetTcpException e) {
            return new NetTcpException(e.layer(), message, e.framingFault().orElse(null), e);
        } else if (cause instanceof PeerFaultException e) {
            return new NetTcpException(layerOf(e.fault()), message, e.fault().uri(), e);
        } else if (cause instanceof TransportTimeoutException e) {
            return new NetTcpException(Layer.TIMEOUT, message, e);
        } else if (cause instanceof ConnectException e) {
            return new NetTcpException(Layer.CONNECT, message, e);
        } else if (cause instanceof ProtocolException e) {
            // What the framing carried whole is no message: that ends the session like a breach of its rules, but is
            // another layer.
            Layer layer = hasCause(e, InvalidMessageException.class) ? Layer.ENCODING : Layer.FRAMING;
            return new NetTcpException(layer, message, e);
        } else if (cause instanceof UpgradeException e) {
            return new NetTcpException(Layer.UPGRADE, message, e);
        } else if (cause instanceof QuotaExceededException e) {
            return new NetTcpException(Layer.QUOTA, message, e);
        }
        return new NetTcpException(Layer.SESSION, message, cause);
    }

    private static Layer layerOf(FaultCode fault) {
        if (fault.equals(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED)) {
            return Layer.QUOTA;
        }
        return fault.equals(FaultCode.UPGRADE_INVALID) ? Layer.UPGRADE : Layer.FRAMING;
    }
}
