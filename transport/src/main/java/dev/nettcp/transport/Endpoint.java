package dev.nettcp.transport;

import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One address at which an {@link Acceptor} takes sessions.
 *
 * @param address sessions whose via equals it or lies below it come here, unless a longer address fits better
 * @param hostNameComparisonMode which host a via may name
 * @param mode duplex, for WCF's buffered transfer mode; singleton-unsized, for the streamed ones
 * @param contentTypes which content types it speaks; any other is refused with ContentTypeInvalid
 * @param upgradeOrNull what secures the stream; then a session without it is aborted, and any other upgrade is refused
 * @param timeouts of its sessions
 * @param maxReceivedMessageSize the largest envelope it takes, in bytes; of a singleton session, counted while it arrives
 * @param sessions who handles them
 */
public record Endpoint(
        BaseAddress address,
        HostNameComparisonMode hostNameComparisonMode,
        FramingMode mode,
        Predicate<ContentType> contentTypes,
        @Nullable StreamUpgrade upgradeOrNull,
        SessionTimeouts timeouts,
        long maxReceivedMessageSize,
        SessionListener sessions) {

    /** WCF's default for the largest envelope. */
    public static final int DEFAULT_MAX_RECEIVED_MESSAGE_SIZE = 65_536;

    public Endpoint {
        Checks.requirePositive(maxReceivedMessageSize, "maxReceivedMessageSize");
        Checks.requireServed(mode);
    }

    /** A duplex endpoint for binary envelopes with a session dictionary, without security, with WCF's defaults: NetTcpBinding's own. */
    public static Endpoint duplex(BaseAddress address, SessionListener sessions) {
        return new Endpoint(
                address,
                HostNameComparisonMode.STRONG_WILDCARD,
                FramingMode.DUPLEX,
                Set.of(ContentType.BINARY_SESSION)::contains,
                null,
                SessionTimeouts.DEFAULT,
                DEFAULT_MAX_RECEIVED_MESSAGE_SIZE,
                sessions);
    }

    /** A streamed endpoint: one request and at most one reply in each session, in binary without a session dictionary; else as {@link #duplex}. */
    public static Endpoint singleton(BaseAddress address, SessionListener sessions) {
        return new Endpoint(
                address,
                HostNameComparisonMode.STRONG_WILDCARD,
                FramingMode.SINGLETON_UNSIZED,
                Set.of(ContentType.BINARY)::contains,
                null,
                SessionTimeouts.DEFAULT,
                DEFAULT_MAX_RECEIVED_MESSAGE_SIZE,
                sessions);
    }

    public Optional<StreamUpgrade> upgrade() {
        return Optional.ofNullable(upgradeOrNull);
    }

    public Endpoint withHostNameComparisonMode(HostNameComparisonMode newMode) {
        return new Endpoint(
                address, newMode, mode, contentTypes, upgradeOrNull, timeouts, maxReceivedMessageSize, sessions);
    }

    public Endpoint withContentTypes(Predicate<ContentType> newContentTypes) {
        return new Endpoint(
                address,
                hostNameComparisonMode,
                mode,
                newContentTypes,
                upgradeOrNull,
                timeouts,
                maxReceivedMessageSize,
                sessions);
    }

    public Endpoint withUpgrade(StreamUpgrade upgrade) {
        return new Endpoint(
                address,
                hostNameComparisonMode,
                mode,
                contentTypes,
                upgrade,
                timeouts,
                maxReceivedMessageSize,
                sessions);
    }

    public Endpoint withTimeouts(SessionTimeouts newTimeouts) {
        return new Endpoint(
                address,
                hostNameComparisonMode,
                mode,
                contentTypes,
                upgradeOrNull,
                newTimeouts,
                maxReceivedMessageSize,
                sessions);
    }

    public Endpoint withMaxReceivedMessageSize(long bytes) {
        return new Endpoint(
                address, hostNameComparisonMode, mode, contentTypes, upgradeOrNull, timeouts, bytes, sessions);
    }
}
