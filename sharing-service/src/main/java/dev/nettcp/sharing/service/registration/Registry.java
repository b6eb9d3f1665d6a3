package dev.nettcp.sharing.service.registration;

import dev.nettcp.sharing.LaneToken;
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

    void add(LiveRegistration live) {
        byToken.put(live.token(), live);
        published = routes().with(live.registration());
    }

    /** False if it was not there any more. */
    boolean remove(LiveRegistration live) {
        if (!byToken.remove(live.token(), live)) {
            return false;
        }
        published = routes().without(live.registration());
        return true;
    }

    Optional<LiveRegistration> find(LaneToken token) {
        return Optional.ofNullable(byToken.get(token));
    }

    List<LiveRegistration> all() {
        return List.copyOf(byToken.values());
    }
}
