package dev.nettcp.interop.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What a client of the peers has printed: {@code PASS name}, {@code FAIL name reason}, {@code SKIP name reason}, and lines
 * with {@code #} that tell more.
 *
 * @param everything for messages of failures
 */
public record ScenarioRun(Counterpart counterpart, int exitStatus, List<String> lines, String everything) {

    /**
     * One dynamic test per scenario. The client runs once, when the first of them does.
     *
     * @param where which of our servers it is, for the list of what ran
     */
    public static Stream<DynamicTest> tests(String where, List<String> scenarios, Supplier<ScenarioRun> client) {
        return tests(where, scenarios, client, passed -> {});
    }

    /** As above; who wants to know is told the names of those that passed. */
    public static Stream<DynamicTest> tests(
            String where, List<String> scenarios, Supplier<ScenarioRun> client, Consumer<String> passed) {
        Once<ScenarioRun> run = new Once<>(client);
        return scenarios.stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario, () -> {
                    run.get().assertPassed(scenario, where);
                    passed.accept(scenario);
                }));
    }

    /** This run and another one of the same client, as one. */
    public ScenarioRun with(ScenarioRun other) {
        return new ScenarioRun(
                counterpart,
                Math.max(exitStatus, other.exitStatus),
                Stream.concat(lines.stream(), other.lines.stream()).toList(),
                everything + System.lineSeparator() + other.everything);
    }

    public void assertPassed(String scenario, String where) {
        assertThat(lines)
                .as("%s, %s%n%s", scenario, where, everything)
                .filteredOn(line -> line.matches("(PASS|FAIL|SKIP) " + scenario + "( .*)?"))
                .singleElement()
                .asString()
                .startsWith("PASS ");
        counterpart.ran(scenario + " (" + where + ")");
    }

    /** The lines that tell more. */
    public List<String> remarks() {
        return lines.stream().filter(line -> line.startsWith("#")).toList();
    }

    /** A value that is made once, in the first test that needs it; a failure is kept, too. */
    private static final class Once<T> {
        private final Supplier<T> maker;
        private volatile Supplier<T> result;

        Once(Supplier<T> maker) {
            this.maker = maker;
            this.result = this::make;
        }

        T get() {
            return result.get();
        }

        private synchronized T make() {
            try {
                T made = maker.get();
                result = () -> made;
            } catch (RuntimeException | AssertionError failure) {
                result = () -> {
                    throw failure;
                };
            }
            return result.get();
        }
    }
}
