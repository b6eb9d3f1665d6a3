package dev.nettcp.interop.contracts;

import java.util.LinkedHashMap;
import java.util.Map;

/** What our client does with a service, and what must come of it. */
@FunctionalInterface
interface Scenario {

    void run(OurClient client) throws Exception;

    /** Scenarios by their names, in order. */
    final class Names {
        private final Map<String, Scenario> scenarios = new LinkedHashMap<>();

        Names add(String name, Scenario scenario) {
            scenarios.put(name, scenario);
            return this;
        }

        Map<String, Scenario> all() {
            return scenarios;
        }
    }
}
