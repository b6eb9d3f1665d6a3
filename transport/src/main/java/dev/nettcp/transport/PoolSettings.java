package dev.nettcp.transport;

import java.time.Duration;

/**
 * How a {@link ConnectionPool} keeps connections between sessions; names and defaults of WCF's tcpTransport connectionPoolSettings.
 *
 * @param groupName pools of different names share nothing
 * @param maxOutboundConnectionsPerEndpoint idle connections kept for each host and port; surplus is closed. Connections in use are not counted
 * @param idleTimeout since its last use, after which a connection is closed
 * @param leaseTimeout since it was made, after which a connection is not used again
 */
public record PoolSettings(
        String groupName, int maxOutboundConnectionsPerEndpoint, Duration idleTimeout, Duration leaseTimeout) {

    public static final PoolSettings DEFAULT =
            new PoolSettings("default", 10, Duration.ofMinutes(2), Duration.ofMinutes(5));

    /** No connection is used twice. */
    public static final PoolSettings NONE = DEFAULT.withMaxOutboundConnectionsPerEndpoint(0);

    public PoolSettings {
        Checks.requireNotNegative(maxOutboundConnectionsPerEndpoint, "maxOutboundConnectionsPerEndpoint");
        Checks.requirePositive(idleTimeout, "idleTimeout");
        Checks.requirePositive(leaseTimeout, "leaseTimeout");
    }

    public PoolSettings withGroupName(String name) {
        return new PoolSettings(name, maxOutboundConnectionsPerEndpoint, idleTimeout, leaseTimeout);
    }

    public PoolSettings withMaxOutboundConnectionsPerEndpoint(int connections) {
        return new PoolSettings(groupName, connections, idleTimeout, leaseTimeout);
    }

    public PoolSettings withIdleTimeout(Duration timeout) {
        return new PoolSettings(groupName, maxOutboundConnectionsPerEndpoint, timeout, leaseTimeout);
    }

    public PoolSettings withLeaseTimeout(Duration timeout) {
        return new PoolSettings(groupName, maxOutboundConnectionsPerEndpoint, idleTimeout, timeout);
    }
}
