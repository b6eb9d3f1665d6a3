package dev.nettcp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every figure is measured once, much too shortly. What the figures say is not looked at. */
class CodecBenchmarksTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new CommandLine(new CodecBenchmarks(new PrintStream(printed, true, UTF_8))).execute(arguments);
    }

    @Test
    void everyFigureOfTheTableIsMeasured() {
        assertThat(run("--smoke")).isZero();
        assertThat(printed.toString(UTF_8))
                .contains("20 typed fields, write: times as fast as Woodstox")
                .contains("20 typed fields, write: bytes of garbage")
                .contains("1000 ints, read: times as fast as Fast Infoset's algorithms")
                .contains("1000 doubles, write: times as fast as Aalto")
                .contains("64 KiB of bytes, read: time of a copy into a new array")
                .contains("JAXB, 64 KiB of bytes, unmarshal: times as fast as Woodstox")
                .doesNotContain("NaN");
    }
}
