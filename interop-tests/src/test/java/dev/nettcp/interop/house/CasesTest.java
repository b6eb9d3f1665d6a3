package dev.nettcp.interop.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.interop.house.Repository.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of cases in {@code docs/compatibility.md} says of each case what is true: which tests carry its number. */
class CasesTest {

    private static final int CASES = 144;
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| .* \\| (.*) \\|");

    /** {@code case027_…}; a test of several cases has all their numbers in front, {@code case027_028_…}. */
    private static final Pattern TEST = Pattern.compile("\\bcase(\\d{3}(?:_\\d{3})*)_\\w+\\(");

    private static Map<Integer, String> statesInTheTable() {
        Map<Integer, String> states = new TreeMap<>();
        for (Source source : Repository.sources()) {
            if (source.toString().equals("docs/compatibility.md")) {
                for (String line : source.lines()) {
                    Matcher row = ROW.matcher(line);
                    if (row.matches()) {
                        states.put(Integer.valueOf(row.group(1)), row.group(2));
                    }
                }
            }
        }
        return states;
    }

    private static Map<Integer, Set<String>> testClassesOfCases() {
        Map<Integer, Set<String>> classes = new TreeMap<>();
        for (Source source : Repository.sources()) {
            String file = source.path().getFileName().toString();
            if (file.endsWith(".java")) {
                Matcher test = TEST.matcher(String.join("\n", source.lines()));
                while (test.find()) {
                    for (String number : test.group(1).split("_", -1)) {
                        classes.computeIfAbsent(Integer.valueOf(number), key -> new TreeSet<>())
                                .add("`" + file.replace(".java", "") + "`");
                    }
                }
            }
        }
        return classes;
    }

    @Test
    void everyCaseHasARow() {
        List<Integer> all = IntStream.rangeClosed(1, CASES).boxed().toList();

        assertThat(statesInTheTable().keySet()).containsExactlyElementsOf(all);
    }

    @Test
    void theTableNamesTheTestsOfEachCase() {
        Map<Integer, Set<String>> tests = testClassesOfCases();

        assertThat(statesInTheTable()).allSatisfy((number, state) -> {
            if (tests.containsKey(number)) {
                assertThat(state).as("case %d", number).isEqualTo("test: " + String.join(", ", tests.get(number)));
            } else {
                assertThat(state).as("case %d", number).startsWith("open");
            }
        });
    }
}
