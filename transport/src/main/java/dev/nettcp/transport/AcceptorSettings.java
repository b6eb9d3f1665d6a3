package dev.nettcp.transport;

import dev.nettcp.connection.AcceptLimits;
import dev.nettcp.connection.DrainLimits;
import dev.nettcp.connection.KeepAlive;
import dev.nettcp.framing.FaultPolicy;
import java.time.Duration;

/**
 * What holds for every connection of an {@link Acceptor}, whichever endpoint it is for; names and defaults of WCF.
 *
 * @param limits how many connections may wait before they have a session
 * @param channelInitializationTimeout from accepting a connection to its complete via
 * @param idleTimeout how long a connection may wait for its next session
 * @param maxPooledConnections how many connections may wait for their next session; surplus is closed
 * @param faultPolicy which refusals are told to the client
 * @param drain how long a refused connection is kept so that the client can read why
 * @param keepAlive how a client that has vanished is missed
 */
public record AcceptorSettings(
        AcceptLimits limits,
        Duration channelInitializationTimeout,
        Duration idleTimeout,
        int maxPooledConnections,
        FaultPolicy faultPolicy,
        DrainLimits drain,
        KeepAlive keepAlive) {

    /** WCF's; faults also where WCF is silent. */
    public static final AcceptorSettings DEFAULT = new AcceptorSettings(
            AcceptLimits.DEFAULT,
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            12 * Runtime.getRuntime().availableProcessors(),
            FaultPolicy.FRIENDLY,
            DrainLimits.DEFAULT,
            KeepAlive.DEFAULT);

    public AcceptorSettings {
        Checks.requirePositive(channelInitializationTimeout, "channelInitializationTimeout");
        Checks.requirePositive(idleTimeout, "idleTimeout");
        Checks.requireNotNegative(maxPooledConnections, "maxPooledConnections");
    }

    public AcceptorSettings withLimits(AcceptLimits newLimits) {
        return new AcceptorSettings(
                newLimits,
                channelInitializationTimeout,
                idleTimeout,
                maxPooledConnections,
                faultPolicy,
                drain,
                keepAlive);
    }

    public AcceptorSettings withChannelInitializationTimeout(Duration timeout) {
        return new AcceptorSettings(limits, timeout, idleTimeout, maxPooledConnections, faultPolicy, drain, keepAlive);
    }

    public AcceptorSettings withIdleTimeout(Duration timeout) {
        return new AcceptorSettings(
                limits, channelInitializationTimeout, timeout, maxPooledConnections, faultPolicy, drain, keepAlive);
    }

    public AcceptorSettings withMaxPooledConnections(int connections) {
        return new AcceptorSettings(
                limits, channelInitializationTimeout, idleTimeout, connections, faultPolicy, drain, keepAlive);
    }

    public AcceptorSettings withFaultPolicy(FaultPolicy policy) {
        return new AcceptorSettings(
                limits, channelInitializationTimeout, idleTimeout, maxPooledConnections, policy, drain, keepAlive);
    }

    public AcceptorSettings withDrain(DrainLimits newDrain) {
        return new AcceptorSettings(
                limits,
                channelInitializationTimeout,
                idleTimeout,
                maxPooledConnections,
                faultPolicy,
                newDrain,
                keepAlive);
    }

    public AcceptorSettings withKeepAlive(KeepAlive newKeepAlive) {
        return new AcceptorSettings(
                limits,
                channelInitializationTimeout,
                idleTimeout,
                maxPooledConnections,
                faultPolicy,
                drain,
                newKeepAlive);
    }
}
