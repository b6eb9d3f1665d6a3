package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Accepted or refused by a quota, as .NET does it with a buffer and with a stream. */
class QuotaVectorsTest {
    /**
     * .NET counts a name when the program asks for it, and prefixed names as names of their own; this reader counts what stands
     * in the tags. The border of this quota is known to nobody.
     */
    private static final Set<String> NAMES_COUNTED_OTHERWISE =
            Set.of("quota-119", "quota-123", "quota-128", "quota-129", "quota-131", "quota-132", "quota-133");

    /** StAX has no call like .NET's: an attribute as content, an object, inner XML, one node of a longer text. */
    private static final Set<String> WITHOUT_COUNTERPART =
            Set.of("quota-031", "quota-043", "quota-044", "quota-045", "quota-106");

    @TestFactory
    Stream<DynamicTest> documentsAreRefusedWhereDotNetRefusesThem() {
        List<Row> rows = Vectors.rows("nbfx-quotas", row -> isComparable(row));
        return Vectors.tests(rows, row -> {
            Quotas quotas = quotas(row.json().path("quotas"));
            check(row, row.text("buffered"), Documents.buffered(row, quotas));
            // Where .NET's streamed reader does not enforce MaxBytesPerRead, this one does, as the .NET Framework.
            String streamed = row.has("framework") ? row.row("framework").text("buffered") : row.text("streamed");
            for (Fragments fragments : Documents.everyWay(row)) {
                check(row, streamed, Documents.streamed(row, quotas, fragments));
            }
        });
    }

    private static boolean isComparable(Row row) {
        return !NAMES_COUNTED_OTHERWISE.contains(row.id())
                && !WITHOUT_COUNTERPART.contains(row.id())
                && calls(row).stream().allMatch(TypedCalls::isKnown);
    }

    private static List<JsonNode> calls(Row row) {
        List<JsonNode> calls = new ArrayList<>();
        if (row.json().path("calls").isArray()) {
            row.json().path("calls").forEach(calls::add);
        }
        return calls;
    }

    private static Quotas quotas(JsonNode set) {
        if (set.isTextual()) {
            return new Quotas(32, 8192, 16_384, 4096, 16_384);
        }
        return new Quotas(
                set.path("MaxDepth").asInt(Integer.MAX_VALUE),
                set.path("MaxStringContentLength").asInt(Integer.MAX_VALUE),
                set.path("MaxArrayLength").asInt(Integer.MAX_VALUE),
                set.path("MaxBytesPerRead").asInt(Integer.MAX_VALUE),
                set.path("MaxNameTableCharCount").asInt(Integer.MAX_VALUE));
    }

    private static void check(Row row, String verdict, BinaryXmlStreamReader reader) throws XMLStreamException {
        if (verdict.equals("accepted")) {
            read(row, reader);
        } else {
            assertThatThrownBy(() -> read(row, reader))
                    .isInstanceOf(QuotaExceededException.class)
                    .satisfies(refusal -> {
                        QuotaExceededException exceeded = (QuotaExceededException) refusal;
                        assertThat(exceeded).hasMessageContaining(exceeded.quota() + "=" + exceeded.limit());
                        assertThat(exceeded.offset()).isPositive();
                    });
        }
    }

    private static void read(Row row, BinaryXmlStreamReader reader) throws XMLStreamException {
        List<JsonNode> calls = calls(row);
        if (calls.isEmpty()) {
            CanonicalXml.of(reader);
            return;
        }
        TypedCalls made = new TypedCalls(reader);
        List<String> results = row.texts("results");
        StringBuilder parts = new StringBuilder();
        StringBuilder expectedParts = new StringBuilder();
        for (int k = 0; k < calls.size(); k++) {
            String result = made.make(calls.get(k));
            String expected = k < results.size() ? results.get(k) : result;
            if (TypedCalls.isPart(calls.get(k))) {
                parts.append(result.substring(result.indexOf(':') + 1));
                expectedParts.append(expected.substring(expected.indexOf(':') + 1));
            } else if (!expected.startsWith("!")) {
                assertThat(result).isEqualTo(expected);
            }
        }
        assertThat(parts).hasToString(expectedParts.toString());
    }
}
