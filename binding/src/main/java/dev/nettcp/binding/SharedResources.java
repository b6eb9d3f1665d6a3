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

    /**
     * For what blocks. A thread that carries connections must not wait: all its sessions would wait with it, and for ever if what it waits
     * for is to come over one of them.
     *
     * @param instead what to call there
     */
    static void refuseOnEventLoop(String method, String instead) {
        if (EVENT_LOOPS.isCalledFromOwnThread()) {
            throw new IllegalStateException(method + " blocks and was called on a thread that carries sessions; use "
                    + instead + ", or an executor with threads of its own");
        }
    }

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
