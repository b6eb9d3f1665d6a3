package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.VectorSource;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.params.ParameterizedTest;

/** Documents a reader must refuse, and documents with a few bytes changed: refused, or read as .NET reads them. */
class InvalidDocumentsTest {
    @ParameterizedTest
    @VectorSource("nbfx-invalid")
    void everyInvalidDocumentIsRefusedWithItsPlace(Row row) {
        if (row.text("expect").equals("either")) {
            return;
        }
        assertThatThrownBy(() -> CanonicalXml.of(Documents.buffered(row, Documents.NO_QUOTAS)))
                .satisfies(InvalidDocumentsTest::isARefusal);
        for (Fragments fragments : Documents.everyWay(row)) {
            assertThatThrownBy(() -> CanonicalXml.of(Documents.streamed(row, Documents.NO_QUOTAS, fragments)))
                    .as(fragments.how())
                    .satisfies(InvalidDocumentsTest::isARefusal);
        }
    }

    /** A text that cannot be read is refused where StAX has no checked exception with that exception as the cause. */
    private static void isARefusal(Throwable thrown) {
        Throwable refusal = thrown instanceof IllegalStateException ? thrown.getCause() : thrown;
        assertThat(refusal).isInstanceOf(BinaryXmlException.class).hasMessageContaining("(byte ");
    }

    @ParameterizedTest
    @VectorSource("nbfx-mutated")
    void everyChangedDocumentIsRefusedOrReadAsDotNetDoes(Row row) throws XMLStreamException {
        if (row.has("error")) {
            assertThatThrownBy(() -> CanonicalXml.of(Documents.buffered(row, Documents.NO_QUOTAS)))
                    .satisfies(InvalidDocumentsTest::isARefusal);
            for (Fragments fragments : Documents.everyWay(row)) {
                assertThatThrownBy(() -> CanonicalXml.of(Documents.streamed(row, Documents.NO_QUOTAS, fragments)))
                        .as(fragments.how())
                        .satisfies(InvalidDocumentsTest::isARefusal);
            }
            return;
        }
        List<String> allowed = new ArrayList<>(row.texts("xmlAlt"));
        allowed.add(0, row.text("xml"));
        String xml;
        try {
            xml = CanonicalXml.of(Documents.buffered(row, Documents.NO_QUOTAS));
        } catch (BinaryXmlException e) {
            assertThat(row.json().path("wellFormed").asBoolean(true))
                    .as(e.getMessage())
                    .isFalse();
            return;
        }
        assertThat(allowed).as(xml).anyMatch(one -> ReaderVectorsTest.same(one, xml));
        for (Fragments fragments : Documents.everyWay(row)) {
            assertThat(CanonicalXml.of(Documents.streamed(row, Documents.NO_QUOTAS, fragments)))
                    .as(fragments.how())
                    .isEqualTo(xml);
        }
    }
}
