package dev.nettcp.nbfx;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nettcp.testkit.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What fuzzing has found worth keeping: inputs that together take every way it has ever taken. One line of hex each. */
class FuzzCorpusTest {

    @TestFactory
    Stream<DynamicTest> reader() throws IOException {
        return corpus("reader", ReaderFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> dictionary() throws IOException {
        return corpus("dictionary", DictionaryFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> writer() throws IOException {
        return corpus("writer", WriterFuzz::fuzzerTestOneInput);
    }

    private static Stream<DynamicTest> corpus(String name, Consumer<byte[]> target) throws IOException {
        try (InputStream in = FuzzCorpusTest.class.getResourceAsStream("fuzz/" + name + ".hex")) {
            String lines = new String(Objects.requireNonNull(in, name).readAllBytes(), US_ASCII);
            return lines.lines()
                    .map(line -> DynamicTest.dynamicTest(
                            line.length() > 40 ? line.substring(0, 40) + "..." : line,
                            () -> target.accept(Hex.bytes(line))));
        }
    }
}
