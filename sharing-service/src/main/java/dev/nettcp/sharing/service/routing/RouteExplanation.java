package dev.nettcp.sharing.service.routing;

import dev.nettcp.framing.via.AddressCheck;
import dev.nettcp.framing.via.Lookup;
import dev.nettcp.framing.via.PrefixTable;
import dev.nettcp.framing.via.ViaUri;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A decision and how it came about: every comparison mode that was asked, in order, and what it answered. */
public record RouteExplanation(
        ViaUri via, InetSocketAddress local, Lookup<Registration> lookup, RouteDecision decision) {

    /** One sentence per mode that was asked, in the order of asking. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (var step : lookup.steps()) {
            reasons.add("%s, %s: %s".formatted(step.mode().wcfName(), whatWasAsked(step), answer(step)));
        }
        return reasons;
    }

    /** The decision in one sentence. */
    public String verdict() {
        if (decision instanceof RouteDecision.To to) {
            return "goes to " + to.registration();
        }
        if (decision instanceof RouteDecision.Refuse refuse) {
            return "is answered with the fault %s: %s".formatted(refuse.fault().name(), refuse.why());
        }
        return "is ended: " + ((RouteDecision.Abort) decision).why();
    }

    private String whatWasAsked(Lookup.Step<Registration> step) {
        return switch (step.mode()) {
            case STRONG_WILDCARD, WEAK_WILDCARD -> "any host, port %d of the socket".formatted(step.port());
            case EXACT -> "host %s, port %d of the via".formatted(via.host(), step.port());
        };
    }

    private String answer(Lookup.Step<Registration> step) {
        if (step.longest().isEmpty()) {
            return "no registered path is a prefix of " + via.path();
        }
        PrefixTable.Entry<Registration> longest = step.longest().get();
        if (step.addressCheck() == AddressCheck.FAILED) {
            return "%s has the longest path, but receives only what arrives at %s; this arrived at %s"
                    .formatted(
                            longest.address(),
                            longest.address().host(),
                            local.getAddress().getHostAddress());
        }
        return "%s has the longest path that matches; no further mode is asked".formatted(longest.address());
    }
}
