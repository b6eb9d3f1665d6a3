package dev.nettcp.sharing.service.admin;

import java.util.List;
import java.util.Map;

/**
 * What the service would do with a connection, and why.
 *
 * @param via the destination, in canonical form
 * @param arrivesAt the address and port of this host where the connection was supposed to arrive
 * @param reasons one sentence per comparison mode that was asked, in order
 * @param routed whether it goes to a worker
 * @param verdict what happens, in one sentence that goes on from "the connection"
 */
public record Explanation(String via, String arrivesAt, List<String> reasons, boolean routed, String verdict) {
    public Explanation {
        reasons = List.copyOf(reasons);
    }

    static Explanation of(List<Map<String, String>> rows) {
        return new Explanation(
                value(rows, "via"),
                value(rows, "arrives-at"),
                rows.stream()
                        .filter(row -> row.containsKey("reason"))
                        .map(row -> row.getOrDefault("reason", ""))
                        .toList(),
                Boolean.parseBoolean(value(rows, "routed")),
                value(rows, "verdict"));
    }

    private static String value(List<Map<String, String>> rows, String name) {
        return rows.stream()
                .filter(row -> row.containsKey(name))
                .map(row -> row.getOrDefault(name, ""))
                .findFirst()
                .orElse("");
    }
}
