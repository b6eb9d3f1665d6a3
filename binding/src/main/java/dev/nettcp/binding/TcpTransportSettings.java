package dev.nettcp.binding;

import java.time.Duration;
import java.util.Objects;

/**
 * What WCF's {@code TcpTransportBindingElement} has beside the rest, and what has no effect of its own here. The first two are among the
 * settings on which endpoints must agree to share a listener, as in WCF.
 *
 * @param connectionBufferSize the size of the buffers of a connection in bytes, in WCF. No effect: Netty fits buffers to what arrives, and those of
 *     sockets are the kernel's affair
 * @param maxOutputDelay how long WCF may hold a part of a message back in order to send it together with more. No effect: what is written
 *     goes out at once, or with what is written in the same moment
 * @param teredoEnabled a tunnel of Windows for IPv6; only false is implemented
 * @param manualAddressing whether the user alone sets the addressing headers; only false is implemented. Headers that a message has already are
 *     kept in any case
 * @param extendedProtectionPolicy only NEVER is implemented
 */
public record TcpTransportSettings(
        int connectionBufferSize,
        Duration maxOutputDelay,
        boolean teredoEnabled,
        boolean manualAddressing,
        ExtendedProtectionPolicy extendedProtectionPolicy) {
    /** WCF's defaults: 8192 bytes, 200 ms, no Teredo, addressing headers are set, no extended protection. */
    public static final TcpTransportSettings DEFAULT =
            new TcpTransportSettings(8192, Duration.ofMillis(200), false, false, ExtendedProtectionPolicy.NEVER);

    /**
     * Refuses bad values and what does not exist.
     *
     * @throws InvalidBindingException with the name of the setting
     */
    public TcpTransportSettings {
        if (connectionBufferSize < 0) {
            throw new InvalidBindingException("connectionBufferSize", connectionBufferSize + " is negative");
        }
        if (Objects.requireNonNull(maxOutputDelay, "maxOutputDelay").isNegative()) {
            throw new InvalidBindingException("maxOutputDelay", maxOutputDelay + " is negative");
        }
        if (teredoEnabled) {
            throw InvalidBindingException.notImplemented("teredoEnabled", true, "only false is");
        }
        if (manualAddressing) {
            throw InvalidBindingException.notImplemented("manualAddressing", true, "only false is");
        }
        if (Objects.requireNonNull(extendedProtectionPolicy, "extendedProtectionPolicy")
                != ExtendedProtectionPolicy.NEVER) {
            throw InvalidBindingException.notImplemented(
                    "extendedProtectionPolicy", extendedProtectionPolicy, "only NEVER is");
        }
    }

    /** With buffers of this size. */
    public TcpTransportSettings withConnectionBufferSize(int bytes) {
        return new TcpTransportSettings(
                bytes, maxOutputDelay, teredoEnabled, manualAddressing, extendedProtectionPolicy);
    }

    /** With this delay. */
    public TcpTransportSettings withMaxOutputDelay(Duration delay) {
        return new TcpTransportSettings(
                connectionBufferSize, delay, teredoEnabled, manualAddressing, extendedProtectionPolicy);
    }

    /** With Teredo or without. */
    public TcpTransportSettings withTeredoEnabled(boolean enabled) {
        return new TcpTransportSettings(
                connectionBufferSize, maxOutputDelay, enabled, manualAddressing, extendedProtectionPolicy);
    }

    /** With addressing headers from the user alone, or not. */
    public TcpTransportSettings withManualAddressing(boolean enabled) {
        return new TcpTransportSettings(
                connectionBufferSize, maxOutputDelay, teredoEnabled, enabled, extendedProtectionPolicy);
    }

    /** With this policy. */
    public TcpTransportSettings withExtendedProtectionPolicy(ExtendedProtectionPolicy policy) {
        return new TcpTransportSettings(connectionBufferSize, maxOutputDelay, teredoEnabled, manualAddressing, policy);
    }
}
