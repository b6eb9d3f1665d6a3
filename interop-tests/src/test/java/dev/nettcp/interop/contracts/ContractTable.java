package dev.nettcp.interop.contracts;

import dev.nettcp.interop.contracts.Cell.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Which scenarios passed, as a table that stands in {@code docs/compatibility.md} after a run of everything
 * ({@code -Dnettcp.contracts=whole}); a run of less leaves the page alone.
 */
public final class ContractTable implements TestExecutionListener {

    /** Between these lines of the page. */
    public static final String BEGIN = "<!-- contracts: begin -->";

    public static final String END = "<!-- contracts: end -->";

    /** Where the page is, seen from this module. */
    public static final Path PAGE = Path.of("../docs/compatibility.md");

    private static final Map<Cell, Set<String>> PASSED = new ConcurrentHashMap<>();

    /** Whether every cell is wanted, and not only as many as it takes to have every pair of properties once. */
    public static boolean isWhole() {
        return "whole".equals(System.getProperty("nettcp.contracts"));
    }

    /** The scenario has passed. */
    static void passed(Cell cell, String scenario) {
        PASSED.computeIfAbsent(cell, key -> ConcurrentHashMap.newKeySet()).add(scenario);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (isWhole() && !PASSED.isEmpty()) {
            write();
        }
    }

    private static void write() {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(PAGE));
            lines.subList(lines.indexOf(BEGIN) + 1, lines.indexOf(END)).clear();
            lines.addAll(lines.indexOf(BEGIN) + 1, table(cell -> PASSED.getOrDefault(cell, Set.of())));
            Files.write(PAGE, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of the table, from what has passed in each cell. */
    static List<String> table(Function<Cell, Set<String>> passed) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        for (Direction direction : Direction.values()) {
            List<Column> columns = columns(direction);
            lines.add("| " + direction + " | " + String.join(" | ", texts(columns)) + " |");
            lines.add("| --- |" + " ---: |".repeat(columns.size()));
            for (Contract contract : Contract.values()) {
                List<String> cells = columns.stream()
                        .map(column -> new Cell(direction, contract, column.security(), column.sharedPort()))
                        .map(cell -> text(cell, passed.apply(cell)))
                        .toList();
                lines.add("| " + contract + " | " + String.join(" | ", cells) + " |");
            }
            lines.add("");
        }
        return lines;
    }

    private record Column(Security security, boolean sharedPort) {}

    private static List<Column> columns(Direction direction) {
        Stream<Boolean> ports = direction == Direction.OUR_CLIENT ? Stream.of(false) : Stream.of(false, true);
        return ports.flatMap(shared -> Stream.of(Security.values()).map(security -> new Column(security, shared)))
                .toList();
    }

    private static List<String> texts(List<Column> columns) {
        return columns.stream()
                .map(column -> column.security() + ", " + (column.sharedPort() ? "shared" : "own"))
                .toList();
    }

    /** {@code 53/53}, and by name what did not pass. */
    private static String text(Cell cell, Set<String> passed) {
        Set<String> missing = new TreeSet<>(scenarios(cell));
        int all = missing.size();
        missing.removeAll(passed);
        String count = "%d/%d".formatted(all - missing.size(), all);
        return missing.isEmpty() ? count : count + ", not: " + String.join(", ", missing);
    }

    /** What is to be passed in a cell. */
    public static List<String> scenarios(Cell cell) {
        List<String> all = cell.contract().scenarios(cell.security());
        return cell.direction() == Direction.OUR_CLIENT
                ? all.stream().filter(name -> !OurScenarios.cannotBe(name)).toList()
                : all;
    }
}
