package dev.nettcp.transport;

import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.via.ViaUri;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The session a client wants.
 *
 * @param via where to connect to, and what the server looks its endpoint up by
 * @param mode duplex, for WCF's buffered transfer mode; singleton-unsized, for the streamed ones
 * @param contentType what the envelopes of both directions are
 * @param upgradeOrNull what secures the stream; a server that does not offer it is not talked to
 * @param timeouts of the session
 * @param maxReceivedMessageSize the largest envelope taken from the server, in bytes; of a singleton session, counted while it arrives
 */
public record SessionRequest(
        ViaUri via,
        FramingMode mode,
        ContentType contentType,
        @Nullable StreamUpgrade upgradeOrNull,
        SessionTimeouts timeouts,
        long maxReceivedMessageSize) {

    public SessionRequest {
        Checks.requirePositive(maxReceivedMessageSize, "maxReceivedMessageSize");
        Checks.requireServed(mode);
    }

    /** A duplex session of binary envelopes with a session dictionary, without security, with WCF's defaults: NetTcpBinding's own. */
    public static SessionRequest duplex(ViaUri via) {
        return new SessionRequest(
                via,
                FramingMode.DUPLEX,
                ContentType.BINARY_SESSION,
                null,
                SessionTimeouts.DEFAULT,
                Endpoint.DEFAULT_MAX_RECEIVED_MESSAGE_SIZE);
    }

    /** One request and at most one reply, in binary without a session dictionary: NetTcpBinding's streamed transfer modes; else as {@link #duplex}. */
    public static SessionRequest singleton(ViaUri via) {
        return new SessionRequest(
                via,
                FramingMode.SINGLETON_UNSIZED,
                ContentType.BINARY,
                null,
                SessionTimeouts.DEFAULT,
                Endpoint.DEFAULT_MAX_RECEIVED_MESSAGE_SIZE);
    }

    public Optional<StreamUpgrade> upgrade() {
        return Optional.ofNullable(upgradeOrNull);
    }

    public SessionRequest withContentType(ContentType newContentType) {
        return new SessionRequest(via, mode, newContentType, upgradeOrNull, timeouts, maxReceivedMessageSize);
    }

    public SessionRequest withUpgrade(StreamUpgrade upgrade) {
        return new SessionRequest(via, mode, contentType, upgrade, timeouts, maxReceivedMessageSize);
    }

    public SessionRequest withTimeouts(SessionTimeouts newTimeouts) {
        return new SessionRequest(via, mode, contentType, upgradeOrNull, newTimeouts, maxReceivedMessageSize);
    }

    public SessionRequest withMaxReceivedMessageSize(long bytes) {
        return new SessionRequest(via, mode, contentType, upgradeOrNull, timeouts, bytes);
    }
}
