package dev.nettcp.sharing.service.routing;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.AddressConflictException;
import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.framing.via.PrefixTable;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.service.routing.RouteDecision.Abort;
import dev.nettcp.sharing.service.routing.RouteDecision.Refuse;
import dev.nettcp.sharing.service.routing.RouteDecision.To;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All registrations at one moment, and whether the service is paused. The registrar replaces it with every change; any thread
 * routes by the snapshot it has. The rules are those of the original service, which {@link PrefixTable} knows.
 */
public final class RoutingTable {
    /** Nothing registered. */
    public static final RoutingTable EMPTY = new RoutingTable(PrefixTable.ofRegistrations(), false);

    private final PrefixTable<Registration> prefixes;
    private final boolean paused;

    private RoutingTable(PrefixTable<Registration> prefixes, boolean paused) {
        this.prefixes = prefixes;
        this.paused = paused;
    }

    /**
     * With one more registration.
     *
     * @throws AddressConflictException if the place is taken, whoever has it
     */
    public RoutingTable with(Registration registration) {
        return new RoutingTable(prefixes.with(registration.address(), registration.mode(), registration), paused);
    }

    /** Without this very registration; one that has taken its place stays. */
    public RoutingTable without(Registration registration) {
        return find(registration.address(), registration.mode()).orElse(null) == registration
                ? new RoutingTable(prefixes.without(registration.address(), registration.mode()), paused)
                : this;
    }

    /** While it is paused every connection that has a route gets EndpointUnavailable. */
    public RoutingTable paused(boolean newPaused) {
        return new RoutingTable(prefixes, newPaused);
    }

    public boolean isPaused() {
        return paused;
    }

    /** Who would be in conflict with a registration at this place. */
    public Optional<Registration> find(BaseAddress address, HostNameComparisonMode mode) {
        return prefixes.find(address, mode).map(PrefixTable.Entry::value);
    }

    public int size() {
        return prefixes.size();
    }

    /** All registrations, ordered by port, path and mode. */
    public List<Registration> registrations() {
        List<Registration> all = new ArrayList<>(prefixes.size());
        prefixes.forEach(entry -> all.add(entry.value()));
        all.sort(Comparator.comparingInt(
                        (Registration registration) -> registration.address().port())
                .thenComparing(registration -> registration.address().path())
                .thenComparing(Registration::mode)
                .thenComparing(registration -> registration.address().host()));
        return all;
    }

    /**
     * The way of a connection that a client opened.
     *
     * @param via where it wants to go
     * @param local the address and port it arrived at
     */
    public RouteDecision route(ViaUri via, InetSocketAddress local) {
        return explain(via, local).decision();
    }

    /** The way of a connection that a worker gave back: only to a worker of the same user. */
    public RouteDecision routeReturned(ViaUri via, InetSocketAddress local, PeerCredentials returnedBy) {
        RouteDecision decision = route(via, local);
        if (decision instanceof To to && to.registration().worker().uid() != returnedBy.uid()) {
            return new Abort("given back by %s, but now routed to %s".formatted(returnedBy, to.registration()));
        }
        return decision;
    }

    /** Whose a via is, paused or not. */
    public Optional<Registration> owner(ViaUri via, InetSocketAddress local) {
        return explain(via, local).lookup().match().map(PrefixTable.Entry::value);
    }

    /** As {@link #route}, with the reasons. */
    public RouteExplanation explain(ViaUri via, InetSocketAddress local) {
        var lookup = prefixes.lookup(via, local.getAddress(), local.getPort());
        RouteDecision decision = lookup.match()
                .map(PrefixTable.Entry::value)
                .<RouteDecision>map(registration -> paused
                        ? new Refuse(FaultCode.ENDPOINT_UNAVAILABLE, "the service is paused")
                        : new To(registration))
                .orElseGet(() ->
                        new Refuse(FaultCode.ENDPOINT_NOT_FOUND, "no registration matches at port " + local.getPort()));
        return new RouteExplanation(via, local, lookup, decision);
    }
}
