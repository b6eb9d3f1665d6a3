package dev.nettcp.binding;

import dev.nettcp.connection.EventLoops;
import dev.nettcp.transport.ConnectionPool;
import dev.nettcp.transport.Connector;
import dev.nettcp.transport.PoolSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all servers and clients of a process share: the threads that carry connections, daemons, started with the first of them, and the
 * connections that wait for their next session.
 */
final class SharedResources {
    static final EventLoops EVENT_LOOPS = EventLoops.create("nettcp-io");

    private static final Map<ConnectionPoolSettings, Connector> CONNECTORS = new ConcurrentHashMap<>();

    private SharedResources() {}

    /** Clients with equal settings share their connections, as in WCF. */
    static Connector connector(ConnectionPoolSettings settings) {
        return CONNECTORS.computeIfAbsent(
                settings,
                s -> new Connector(
                        EVENT_LOOPS,
                        new ConnectionPool(new PoolSettings(
                                s.groupName(),
                                s.maxOutboundConnectionsPerEndpoint(),
                                s.idleTimeout(),
                                s.leaseTimeout()))));
    }
}
