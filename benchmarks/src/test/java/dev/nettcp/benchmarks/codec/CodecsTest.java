package dev.nettcp.benchmarks.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That all libraries do the same work. */
class CodecsTest {

    @ParameterizedTest
    @EnumSource
    void everyLibraryReadsWhatItWrote(Sample sample) throws Exception {
        for (Format format : Measurement.formatsFor(sample)) {
            Codec codec = format.codec(sample);
            assertThat(codec.write()).isEqualTo(codec.document().length);
            assertThat(codec.read().hasSameValuesAs(sample.content))
                    .as(format.title)
                    .isTrue();
        }
    }

    /** The hashes are those of the documents that .NET's codec shows with {@code --hex}. */
    @ParameterizedTest
    @CsvSource({
        "TYPED20,     288,   f6b75ca107f78f5832c5f53323dbe192a16b6e9992291190fab06053e72052fc",
        "INTS1000,    4083,  893be57656bcbc9853fcdf4f49d4e40647d8246ce3f3849c3d1b7346d3bbd778",
        "DOUBLES1000, 8086,  8636a5c931c83eba60b54904047010ea820a4be7661a9eda1896297bad96b2cd",
        "BLOB64K,     65616, 8fd4a2505d9ccdc80bed4ff1ccdfd03cc59d38088ffc4438632f76aec32f4b8d"
    })
    void ourBytesAreThoseOfDotNet(Sample sample, int length, String sha256) throws Exception {
        byte[] payload = Format.NETTCP.codec(sample).document();
        assertThat(payload[0]).as("the size of an empty table").isZero();
        byte[] document = Arrays.copyOfRange(payload, 1, payload.length);
        assertThat(document).hasSize(length);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document)))
                .isEqualTo(sha256);
    }

    @Test
    void timesOfTextDocumentsAreThoseOfTheJdk() {
        Stream.of("2024-04-29T15:06:40Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
                .forEach(text -> {
                    assertThat(TimeText.of(Instant.parse(text))).isEqualTo(text);
                    assertThat(TimeText.parse(text)).isEqualTo(Instant.parse(text));
                });
    }
}
