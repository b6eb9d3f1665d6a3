package dev.nettcp.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The golden vectors, by file name without ending: {@code Vectors.rows("framing")}. What the columns mean is in
 * {@code vectors/README.md} among the resources. In a test class either
 *
 * <pre>{@code
 * @ParameterizedTest
 * @VectorSource("framing")
 * void everyRowIsDecoded(Row row) { ... }
 * }</pre>
 *
 * or, where one loop over all rows is not enough, {@link #tests}.
 */
public final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    public static List<Row> rows(String file) {
        return lines("vectors/" + file + ".jsonl");
    }

    public static List<Row> rows(String file, Predicate<Row> which) {
        return rows(file).stream().filter(which).toList();
    }

    /** One dynamic test per row, under the row's id. */
    public static Stream<DynamicTest> tests(String file, RowTest test) {
        return tests(rows(file), test);
    }

    public static Stream<DynamicTest> tests(List<Row> rows, RowTest test) {
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.toString(), () -> test.run(row)));
    }

    /** The static dictionary of [MC-NBFS]: the string of id 2 * i is at index i. */
    public static List<String> staticDictionary() {
        return StaticDictionaryFile.strings();
    }

    /** The rows of any file of JSON lines among the resources; a line without id is named by its number from 1. */
    static List<Row> lines(String resource) {
        List<Row> rows = new ArrayList<>();
        for (String line : Resources.text(resource).lines().toList()) {
            if (!line.isBlank()) {
                JsonNode json = parse(resource, line);
                String number = resource + ":" + (rows.size() + 1);
                rows.add(new Row(json.path("id").asText(json.path("name").asText(number)), json));
            }
        }
        return List.copyOf(rows);
    }

    private static JsonNode parse(String resource, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line of " + resource + " is no JSON", e);
        }
    }

    /** The body of a dynamic test over one row. */
    @FunctionalInterface
    public interface RowTest {
        void run(Row row) throws Exception;
    }
}
