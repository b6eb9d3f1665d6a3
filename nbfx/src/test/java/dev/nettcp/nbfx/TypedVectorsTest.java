package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What .NET's reader answers to typed calls, asked of the typed calls of StAX2 and of this reader's own. */
class TypedVectorsTest {
    @TestFactory
    Stream<DynamicTest> typedCallsGiveWhatDotNetGives() {
        return Vectors.tests(
                Vectors.rows("nbfx-typed", row -> calls(row).stream().allMatch(TypedCalls::isKnown)), row -> {
                    answers(row, Documents.buffered(row, Documents.NO_QUOTAS));
                    answers(row, Documents.streamed(row, Documents.NO_QUOTAS, Fragments.byteByByte(row.bytes())));
                });
    }

    private static List<JsonNode> calls(Row row) {
        List<JsonNode> calls = new ArrayList<>();
        row.json().path("calls").forEach(calls::add);
        return calls;
    }

    private static void answers(Row row, BinaryXmlStreamReader reader) throws XMLStreamException {
        TypedCalls calls = new TypedCalls(reader);
        List<String> results = row.texts("results");
        for (int k = 0; k < results.size(); k++) {
            JsonNode call = calls(row).get(k);
            if (results.get(k).startsWith("!")) {
                assertThatThrownBy(() -> calls.make(call))
                        .satisfies(thrown -> assertThat(
                                        thrown instanceof IllegalStateException ? thrown.getCause() : thrown)
                                .isInstanceOf(BinaryXmlException.class));
            } else {
                assertThat(calls.make(call)).as("call %d, %s", k, call).isEqualTo(results.get(k));
            }
        }
    }
}
