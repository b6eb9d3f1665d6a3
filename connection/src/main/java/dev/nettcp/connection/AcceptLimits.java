package dev.nettcp.connection;

/**
 * How many connections may wait at each step between the kernel and a session; names and defaults of WCF's NetTcpBinding.
 *
 * @param listenBacklog connections the kernel completes before they are accepted. Without meaning on a shared port, where the service's
 *     own setting counts
 * @param maxPendingConnections connections accepted whose session has not been acknowledged
 * @param maxPendingAccepts connections taken from the kernel, or asked for from the service, in one go
 */
public record AcceptLimits(int listenBacklog, int maxPendingConnections, int maxPendingAccepts) {

    /** WCF's defaults since 4.5: 12, 12 and 2 for each processor. */
    public static final AcceptLimits DEFAULT =
            forProcessors(Runtime.getRuntime().availableProcessors());

    public AcceptLimits {
        requirePositive(listenBacklog, "listenBacklog");
        requirePositive(maxPendingConnections, "maxPendingConnections");
        requirePositive(maxPendingAccepts, "maxPendingAccepts");
    }

    static AcceptLimits forProcessors(int processors) {
        return new AcceptLimits(12 * processors, 12 * processors, 2 * processors);
    }

    public AcceptLimits withListenBacklog(int connections) {
        return new AcceptLimits(connections, maxPendingConnections, maxPendingAccepts);
    }

    public AcceptLimits withMaxPendingConnections(int connections) {
        return new AcceptLimits(listenBacklog, connections, maxPendingAccepts);
    }

    public AcceptLimits withMaxPendingAccepts(int connections) {
        return new AcceptLimits(listenBacklog, maxPendingConnections, connections);
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(name, value));
        }
    }
}
