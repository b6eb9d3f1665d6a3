package dev.nettcp.sharing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Immutable copies that keep the order of their entries, unlike {@link Map#copyOf}. */
final class OrderedMaps {
    private OrderedMaps() {}

    static Map<String, String> copyOf(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
