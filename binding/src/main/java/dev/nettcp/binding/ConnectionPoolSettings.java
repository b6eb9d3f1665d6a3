package dev.nettcp.binding;

import java.time.Duration;

/**
 * How connections are kept whose session has ended cleanly: by a client, and, as to idleTimeout and maxOutboundConnectionsPerEndpoint, by a
 * server. All clients of a process share the connections to one
 * host and port if these settings are equal.
 *
 * @param groupName clients with different names never share a connection
 * @param idleTimeout how long a connection may wait for its next session
 * @param leaseTimeout how old a connection may be when it is taken or given back; a session in use is not cut
 * @param maxOutboundConnectionsPerEndpoint how many connections wait at most, for one host and port; the surplus is
 *     closed. It does not limit those in use. At a server, how many connections of clients wait at most, over all its clients; there WCF takes
 *     the default of 10 for "not set", and so for 12 for each processor
 */
public record ConnectionPoolSettings(
        String groupName, Duration idleTimeout, Duration leaseTimeout, int maxOutboundConnectionsPerEndpoint) {
    /** WCF's defaults: group {@code default}, idle 2 minutes, lease 5 minutes, 10 connections. */
    public static final ConnectionPoolSettings DEFAULT =
            new ConnectionPoolSettings("default", Duration.ofMinutes(2), Duration.ofMinutes(5), 10);

    /** Refuses what is not positive. */
    public ConnectionPoolSettings {
        Settings.positive(idleTimeout, "connectionPoolSettings.idleTimeout");
        Settings.positive(leaseTimeout, "connectionPoolSettings.leaseTimeout");
        Settings.positive(
                maxOutboundConnectionsPerEndpoint, "connectionPoolSettings.maxOutboundConnectionsPerEndpoint");
    }

    /** How many connections wait for their next session at a listener. */
    int maxInboundConnections() {
        return maxOutboundConnectionsPerEndpoint == DEFAULT.maxOutboundConnectionsPerEndpoint
                ? 12 * Runtime.getRuntime().availableProcessors()
                : maxOutboundConnectionsPerEndpoint;
    }
}
