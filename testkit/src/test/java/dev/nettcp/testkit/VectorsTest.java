package dev.nettcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class VectorsTest {

    /** As {@code vectors/README.md} counts them. */
    private static final Map<String, Integer> ROWS = Map.ofEntries(
            Map.entry("varint", 29),
            Map.entry("framing", 64),
            Map.entry("framing-conversations", 16),
            Map.entry("framing-errors", 82),
            Map.entry("nbfx", 701),
            Map.entry("nbfx-invalid", 601),
            Map.entry("nbfx-mutated", 2400),
            Map.entry("nbfx-typed", 1038),
            Map.entry("nbfx-quotas", 137),
            Map.entry("nbfx-writer", 723),
            Map.entry("nbfse", 34),
            Map.entry("nbfse-invalid", 49),
            Map.entry("nbfs-sessionless", 10),
            Map.entry("soap-messages", 185),
            Map.entry("datacontract", 162));

    @Test
    void allRowsOfAllFilesAreThere() {
        ROWS.forEach((file, count) -> assertThat(Vectors.rows(file)).as(file).hasSize(count));
    }

    @Test
    void aRowGivesItsFieldsByKind() {
        Row row = Vectors.rows("framing").get(0);

        assertThat(row.id()).isEqualTo("frame-01");
        assertThat(row).hasToString("frame-01: version record");
        assertThat(row.bytes()).containsExactly(0, 1, 0);
        assertThat(Hex.of(row.buffer())).isEqualTo("000100");
        assertThat(row.rows("records").get(0).integer("major")).isEqualTo(1);
        assertThat(row.optionalText("remark")).isEmpty();
        assertThat(row.flag("fragment")).isFalse();
        assertThatThrownBy(() -> row.integer("note")).hasMessage("frame-01: field note is STRING");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Vectors.rows("nothing")).hasMessageContaining("vectors/nothing.jsonl");
    }

    @Test
    void theStaticDictionaryKeepsEmptyStringsAndSpaces() {
        List<String> strings = Vectors.staticDictionary();

        assertThat(strings).hasSize(487);
        assertThat(strings.get(0)).isEqualTo("mustUnderstand");
        assertThat(strings.get(162 / 2)).isEmpty();
        assertThat(strings.get(424 / 2)).isEqualTo(" http://schemas.xmlsoap.org/ws/2005/02/trust/tlsnego");
        assertThat(strings.get(972 / 2)).isEqualTo("detail");
    }

    @ParameterizedTest
    @VectorSource("varint")
    void aParameterizedTestGetsEachRow(Row row) {
        assertThat(row.id()).startsWith("size-");
    }
}
