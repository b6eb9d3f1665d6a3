package dev.nettcp.interop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the client saw in each cell of a matrix; printed at the end. */
final class Outcomes {

    private final String title;
    private final Map<String, String> seen = new LinkedHashMap<>();

    Outcomes(String title) {
        this.title = title;
    }

    /** Notes what was seen, and fails if it is nothing of what the owner of the connection may let its client see. */
    void expect(String action, Enum<?> stage, String saw, String... allowed) {
        seen.put("%-44s %-16s".formatted(action, stage), saw);
        assertThat(saw).as("%s at %s", action, stage).isIn((Object[]) allowed);
    }

    void print() {
        StringBuilder table = new StringBuilder(title).append(System.lineSeparator());
        seen.forEach((cell, saw) ->
                table.append("  ").append(cell).append(' ').append(saw).append(System.lineSeparator()));
        System.out.print(table);
    }
}
