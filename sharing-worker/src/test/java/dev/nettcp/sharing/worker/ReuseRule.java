package dev.nettcp.sharing.worker;

import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.sharing.RouteOwner;
import java.util.Optional;

/** The rule of {@link SharedReuse}, for the simulation, which lives in a package of its own. */
public final class ReuseRule {
    private ReuseRule() {}

    public static ReuseDecision of(Optional<RouteOwner> answer, boolean servedHere) {
        return SharedReuse.decision(answer, servedHere);
    }
}
