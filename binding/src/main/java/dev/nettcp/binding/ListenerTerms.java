package dev.nettcp.binding;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What endpoints must agree on to share a listener, since it matters before it is known whose a connection is; WCF's list. The first endpoint
 * of a listener fixes it.
 *
 * @param byName the values by the names of the settings, in the order in which they are compared
 */
record ListenerTerms(Map<String, Object> byName) {

    static ListenerTerms of(NetTcpBinding binding) {
        ListenerSettings listener = binding.listener();
        ConnectionPoolSettings pool = binding.connectionPoolSettings();
        Map<String, Object> terms = new LinkedHashMap<>();
        terms.put("maxPendingConnections", listener.limits().maxPendingConnections());
        terms.put("maxPendingAccepts", listener.limits().maxPendingAccepts());
        terms.put("channelInitializationTimeout", listener.channelInitializationTimeout());
        terms.put("connectionBufferSize", binding.tcpTransport().connectionBufferSize());
        terms.put("maxOutputDelay", binding.tcpTransport().maxOutputDelay());
        terms.put("connectionPoolSettings.idleTimeout", pool.idleTimeout());
        terms.put("connectionPoolSettings.maxOutboundConnectionsPerEndpoint", pool.maxOutboundConnectionsPerEndpoint());
        if (!listener.portSharingEnabled()) {
            terms.put("listenBacklog", listener.limits().listenBacklog());
        }
        return new ListenerTerms(terms);
    }

    /** The first setting in which the other terms differ. */
    Optional<String> differenceTo(ListenerTerms other) {
        return byName.keySet().stream()
                .filter(name -> !Objects.equals(byName.get(name), other.byName.get(name)))
                .findFirst();
    }
}
