package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What .NET's reader answers to typed calls, asked of the typed calls of StAX2 and of this reader's own. */
class TypedVectorsTest {
    /** Rows that a reader for Java answers otherwise, and why. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "typed-765", "a BigDecimal has more than 96 bits",
            "typed-770", "a BigDecimal has more than 28 decimal places",
            "typed-788", "a time alone is no date and time; .NET takes the day on which it is read",
            "typed-789", "a year alone is no date and time",
            "typed-790", "a day without a year is no date and time",
            "typed-848", "a colon without a prefix is no qualified name",
            "typed-852", "an empty text is no qualified name",
            "typed-877", "adjacent texts are one CHARACTERS event");

    @TestFactory
    Stream<DynamicTest> typedCallsGiveWhatDotNetGives() {
        return Vectors.tests(Vectors.rows("nbfx-typed", TypedVectorsTest::isAnswered), row -> {
            answers(row, Documents.buffered(row, Documents.NO_QUOTAS));
            for (Fragments fragments : Documents.everyWay(row)) {
                answers(row, Documents.streamed(row, Documents.NO_QUOTAS, fragments));
            }
        });
    }

    private static boolean isAnswered(Row row) {
        return !OTHERWISE.containsKey(row.id()) && calls(row).stream().allMatch(TypedCalls::isKnown);
    }

    private static List<JsonNode> calls(Row row) {
        List<JsonNode> calls = new ArrayList<>();
        row.json().path("calls").forEach(calls::add);
        return calls;
    }

    private static void answers(Row row, BinaryXmlStreamReader reader) throws XMLStreamException {
        TypedCalls calls = new TypedCalls(reader);
        List<String> results = row.texts("results");
        StringBuilder parts = new StringBuilder();
        StringBuilder expectedParts = new StringBuilder();
        for (int k = 0; k < results.size(); k++) {
            JsonNode call = calls(row).get(k);
            String result = results.get(k);
            if (TypedCalls.isPart(call)) {
                expectedParts.append(result.startsWith("!") ? "" : value(result));
                parts.append(value(calls.make(call)));
            } else if (result.startsWith("!")) {
                assertThatThrownBy(() -> calls.make(call))
                        .satisfies(thrown -> assertThat(
                                        thrown instanceof IllegalStateException ? thrown.getCause() : thrown)
                                .isInstanceOfAny(BinaryXmlException.class, IllegalArgumentException.class));
            } else {
                assertThat(calls.make(call)).as("call %d, %s", k, call).isEqualTo(withOneNaN(result));
            }
        }
        assertThat(parts).hasToString(expectedParts.toString());
    }

    private static String value(String result) {
        return result.substring(result.indexOf(':') + 1);
    }

    private static String withOneNaN(String result) {
        return result.replace("float:0000c07f", "float:0000c0ff").replace("000000000000f87f", "000000000000f8ff");
    }
}
