package dev.nettcp.framing.via;

import java.util.List;
import java.util.Optional;

/**
 * What a {@link PrefixTable} found for a via, and how: one step per mode that was asked, in order. The last step is the
 * one that won, if any did.
 */
public record Lookup<T>(List<Step<T>> steps) {
    /**
     * One mode asked.
     *
     * @param mode the mode
     * @param port the port that was looked for: the socket's in the wildcard modes of a service, the via's in exact mode
     * @param longest the registered address with the longest path that the via lies below; empty: none
     * @param addressCheck what became of it
     */
    public record Step<T>(
            HostNameComparisonMode mode, int port, Optional<PrefixTable.Entry<T>> longest, AddressCheck addressCheck) {
        boolean won() {
            return longest.isPresent() && addressCheck != AddressCheck.FAILED;
        }
    }

    public Lookup {
        steps = List.copyOf(steps);
    }

    /** The registered address that receives the connection; empty: nobody does. */
    public Optional<PrefixTable.Entry<T>> match() {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        Step<T> last = steps.get(steps.size() - 1);
        return last.won() ? last.longest() : Optional.empty();
    }
}
