package dev.nettcp.sharing.service.registration;

import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.service.routing.Registration;
import dev.nettcp.sharing.service.routing.RoutingTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registrations in force. Changed on the registrar's thread only; the routing table that comes of it is published to
 * whoever routes.
 */
public final class Registry {
    private volatile RoutingTable published = RoutingTable.EMPTY;
    private final Map<LaneToken, LiveRegistration> byToken = new HashMap<>();

    /** The routing table of the moment. Any thread. */
    public RoutingTable routes() {
        return published;
    }

    /** Routes of a paused service give EndpointUnavailable. */
    void pause(boolean paused) {
        published = routes().paused(paused);
    }

    /** A route that leads to a registration, granted already or about to be. */
    void publish(Registration registration) {
        published = routes().with(registration);
    }

    /** No route leads to it any more. */
    void withdraw(Registration registration) {
        published = routes().without(registration);
    }

    /** The registration is granted: its token opens lanes. */
    void add(LiveRegistration live) {
        byToken.put(live.token(), live);
    }

    /** Its token opens no lane any more; false if it was not there. */
    boolean remove(LiveRegistration live) {
        return byToken.remove(live.token(), live);
    }

    Optional<LiveRegistration> find(LaneToken token) {
        return Optional.ofNullable(byToken.get(token));
    }

    List<LiveRegistration> all() {
        return List.copyOf(byToken.values());
    }
}
