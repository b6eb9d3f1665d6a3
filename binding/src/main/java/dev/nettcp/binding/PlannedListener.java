package dev.nettcp.binding;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Endpoints that get their connections from the same place: a port of their own, or one registration on a shared port. */
final class PlannedListener {
    private final BaseAddress address;
    private final ServerEndpoint first;
    private final List<ServerEndpoint> endpoints = new ArrayList<>();

    /**
     * @param address what is registered on a shared port; of no other meaning than its port on one's own
     * @param first the endpoint whose settings are those of the listener
     */
    PlannedListener(BaseAddress address, ServerEndpoint first) {
        this.address = address;
        this.first = first;
        add(first);
    }

    void add(ServerEndpoint endpoint) {
        endpoints.add(endpoint);
    }

    BaseAddress address() {
        return address;
    }

    ServerEndpoint first() {
        return first;
    }

    NetTcpBinding binding() {
        return first.binding();
    }

    List<ServerEndpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    boolean isShared() {
        return binding().listener().portSharingEnabled();
    }

    HostNameComparisonMode mode() {
        return binding().listener().hostNameComparisonMode();
    }

    boolean hasPortOf(ServerEndpoint endpoint) {
        return address.port() == endpoint.listenAddress().port();
    }

    /** The first setting, by its name, that keeps the endpoint from joining. */
    Optional<String> obstacleTo(ServerEndpoint endpoint) {
        return ListenerTerms.of(binding()).differenceTo(ListenerTerms.of(endpoint.binding()));
    }

    /** Whether the service would bring the endpoint's connections here, if nothing longer were registered. */
    boolean covers(ServerEndpoint endpoint) {
        BaseAddress wanted = endpoint.listenAddress();
        return hasPortOf(endpoint)
                && mode() == endpoint.mode()
                && (mode() != HostNameComparisonMode.EXACT || address.host().equals(wanted.host()))
                && address.pathCovers(wanted);
    }

    /** Whether a listener there would take connections away from the endpoints here. */
    boolean wouldLoseTo(BaseAddress other, HostNameComparisonMode mode) {
        return mode == mode()
                && other.port() == address.port()
                && endpoints.stream().anyMatch(endpoint -> other.pathCovers(endpoint.listenAddress()));
    }
}
