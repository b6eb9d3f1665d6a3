package dev.nettcp.binding;

import dev.nettcp.connection.AddressInUseException;
import dev.nettcp.framing.via.AddressConflictException;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.PrefixTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which endpoints of a server share a listener; what WCF does with its transport managers.
 *
 * <pre>
 *   own port      one listener for each port; endpoints whose settings contradict are refused
 *   shared port   the registration that covers the endpoint, if the settings agree; else one of its own,
 *                 one segment deeper, or as much deeper as leaves the other endpoints what is theirs
 *   unique        a port of its own; or on a shared port, an address that nobody else has
 *   inheriting    what is there, whatever the settings
 * </pre>
 *
 * Endpoints with shorter addresses come first, since what they register covers the longer ones. They are compared by path, so that the outcome
 * does not depend on the order in which they were added; among addresses of equal length the first one fixes the settings.
 */
final class ListenerPlan {
    private final ServerBase base;
    private final List<PlannedListener> listeners = new ArrayList<>();
    private PrefixTable<ServerEndpoint> taken = PrefixTable.ofRegistrations();

    private ListenerPlan(ServerBase base) {
        this.base = base;
    }

    /**
     * @throws AddressInUseException if two endpoints cannot be told apart
     * @throws InvalidBindingException if two contradict each other, naming the setting and both
     */
    static List<PlannedListener> of(ServerBase base, List<ServerEndpoint> endpoints) throws AddressInUseException {
        ListenerPlan plan = new ListenerPlan(base);
        List<ServerEndpoint> shortestFirst = endpoints.stream()
                .sorted(Comparator.comparing(ServerEndpoint::inherits)
                        .thenComparingInt(
                                endpoint -> endpoint.listenAddress().segments().size()))
                .toList();
        for (ServerEndpoint endpoint : shortestFirst) {
            plan.place(endpoint);
        }
        return plan.listeners;
    }

    private void place(ServerEndpoint endpoint) throws AddressInUseException {
        if (endpoint.alone()) {
            create(endpoint.listenAddress(), endpoint);
            return;
        }
        claim(endpoint);
        Optional<PlannedListener> inherited = endpoint.inherits() ? whatIsThere(endpoint) : Optional.empty();
        if (inherited.isPresent()) {
            inherited.get().add(endpoint);
        } else if (endpoint.binding().listener().portSharingEnabled()) {
            placeOnSharedPort(endpoint);
        } else {
            placeOnOwnPort(endpoint);
        }
    }

    private void claim(ServerEndpoint endpoint) throws AddressInUseException {
        try {
            taken = taken.with(endpoint.listenAddress(), endpoint.mode(), endpoint);
        } catch (AddressConflictException e) {
            throw new AddressInUseException(
                    e.getMessage() + ", another endpoint of this server. Give one of them another path;"
                            + " or set hostNameComparisonMode to EXACT if only their hosts differ.",
                    e);
        }
    }

    private Optional<PlannedListener> whatIsThere(ServerEndpoint endpoint) {
        return onOwnPort(endpoint).or(() -> covering(endpoint));
    }

    private void placeOnOwnPort(ServerEndpoint endpoint) {
        refuseMixture(endpoint);
        Optional<PlannedListener> there = onOwnPort(endpoint);
        if (there.isEmpty()) {
            create(endpoint.listenAddress(), endpoint);
            return;
        }
        there.get().obstacleTo(endpoint).ifPresent(setting -> {
            throw contradiction(setting, endpoint, there.get().first());
        });
        there.get().add(endpoint);
    }

    private void placeOnSharedPort(ServerEndpoint endpoint) {
        refuseMixture(endpoint);
        Optional<PlannedListener> there = covering(endpoint);
        if (there.isEmpty()) {
            create(base.listenerFor(endpoint.listenAddress()), endpoint);
        } else if (there.get().obstacleTo(endpoint).isPresent() || restrictedOtherwise(there.get(), endpoint)) {
            create(deeperThan(there.get().address(), endpoint), endpoint);
        } else {
            there.get().add(endpoint);
        }
    }

    /** A registration with an IP literal gets the connections to that address only. */
    private static boolean restrictedOtherwise(PlannedListener listener, ServerEndpoint endpoint) {
        return !listener.address().address().equals(endpoint.listenAddress().address());
    }

    private BaseAddress deeperThan(BaseAddress covering, ServerEndpoint endpoint) {
        BaseAddress whole = endpoint.listenAddress();
        List<String> segments = whole.segments();
        for (int length = covering.segments().size() + 1; length < segments.size(); length++) {
            BaseAddress candidate = whole.withPath("/" + String.join("/", segments.subList(0, length)));
            if (listeners.stream().noneMatch(other -> other.wouldLoseTo(candidate, endpoint.mode()))) {
                return candidate;
            }
        }
        return whole;
    }

    private void create(BaseAddress address, ServerEndpoint first) {
        listeners.add(new PlannedListener(address, first));
    }

    private Optional<PlannedListener> onOwnPort(ServerEndpoint endpoint) {
        return listeners.stream()
                .filter(listener -> !listener.isShared() && !listener.first().alone() && listener.hasPortOf(endpoint))
                .findFirst();
    }

    private Optional<PlannedListener> covering(ServerEndpoint endpoint) {
        return listeners.stream()
                .filter(listener -> listener.isShared() && listener.covers(endpoint))
                .max(Comparator.comparingInt(
                        listener -> listener.address().segments().size()));
    }

    /** The service and this process cannot both have the port. */
    private void refuseMixture(ServerEndpoint endpoint) {
        boolean shared = endpoint.binding().listener().portSharingEnabled();
        listeners.stream()
                .filter(listener ->
                        listener.isShared() != shared && !listener.first().alone() && listener.hasPortOf(endpoint))
                .findFirst()
                .ifPresent(listener -> {
                    throw new InvalidBindingException(
                            "portSharingEnabled",
                            "%s of %s contradicts portSharingEnabled=%s of %s, which has the same port; a port is shared or it is not"
                                    .formatted(
                                            shared,
                                            endpoint.listenAddress(),
                                            !shared,
                                            listener.first().listenAddress()));
                });
    }

    private static InvalidBindingException contradiction(
            String setting, ServerEndpoint endpoint, ServerEndpoint first) {
        return new InvalidBindingException(
                setting,
                "%s of %s contradicts %s=%s of %s, which listens on the same port; make them equal, or give one endpoint another port"
                        .formatted(
                                ListenerTerms.of(endpoint.binding()).byName().get(setting),
                                endpoint.listenAddress(),
                                setting,
                                ListenerTerms.of(first.binding()).byName().get(setting),
                                first.listenAddress()));
    }
}
