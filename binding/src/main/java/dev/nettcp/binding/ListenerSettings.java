package dev.nettcp.binding;

import dev.nettcp.connection.AcceptLimits;
import dev.nettcp.framing.via.HostNameComparisonMode;
import java.time.Duration;

/**
 * How a server listens. Without meaning for clients.
 *
 * @param portSharingEnabled whether connections come from the port sharing service instead of a port of one's own; needs
 *     the artifact {@code nettcp-sharing-worker}
 * @param hostNameComparisonMode which hosts in a client's via lead here
 * @param limits how many connections may wait at each step
 * @param channelInitializationTimeout how long a new connection may take until it has said where it wants to go and in which encoding. From then
 *     on openTimeout counts, as in WCF. On a shared port the service has awaited that already, for its own receiveTimeout, when it hands the
 *     connection over: there this timeout is over at once
 */
public record ListenerSettings(
        boolean portSharingEnabled,
        HostNameComparisonMode hostNameComparisonMode,
        AcceptLimits limits,
        Duration channelInitializationTimeout) {
    /** WCF's defaults: a port of one's own, strong wildcard, 30 seconds. */
    public static final ListenerSettings DEFAULT = new ListenerSettings(
            false, HostNameComparisonMode.STRONG_WILDCARD, AcceptLimits.DEFAULT, Duration.ofSeconds(30));

    /** Refuses a time that is not longer than zero. */
    public ListenerSettings {
        Settings.positive(channelInitializationTimeout, "channelInitializationTimeout");
    }
}
