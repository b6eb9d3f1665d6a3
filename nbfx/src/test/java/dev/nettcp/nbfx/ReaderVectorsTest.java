package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.VectorSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.params.ParameterizedTest;

/** Bytes to text, for every document of the vectors, however it arrives. */
class ReaderVectorsTest {
    private static final int MOST_CUTS = 64;

    @ParameterizedTest
    @VectorSource("nbfx")
    void everyDocumentIsReadAsDotNetReadsIt(Row row) throws XMLStreamException {
        if (row.flag("lenient")
                && row.flag("fragment")
                && !row.text("xml").isEmpty()
                && !row.id().equals("nbfx-693")) {
            return; // values outside the root, which this reader may refuse
        }
        List<String> allowed = new ArrayList<>(row.texts("xmlAlt"));
        allowed.add(0, row.text("xml"));
        String xml = CanonicalXml.of(Documents.buffered(row, Documents.NO_QUOTAS));
        assertThat(allowed).as(xml).anyMatch(one -> same(one, xml));
        for (Fragments fragments : Fragments.of(row.bytes(), MOST_CUTS).toList()) {
            assertThat(CanonicalXml.of(Documents.streamed(row, Documents.NO_QUOTAS, fragments)))
                    .as(fragments.how())
                    .isEqualTo(xml);
        }
    }

    /** Equal, or equal but for the order of attributes and declarations in a tag. */
    private static boolean same(String expected, String xml) {
        return expected.equals(xml) || sorted(expected).equals(sorted(xml));
    }

    private static String sorted(String xml) {
        try {
            XMLStreamReader reader = Woodstox.reader(xml);
            StringBuilder events = new StringBuilder();
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    StringBuilder tag = new StringBuilder();
                    CanonicalXml.append(reader, tag);
                    events.append(new TreeSet<>(List.of(tag.toString().split("\"? "))));
                } else {
                    CanonicalXml.append(reader, events);
                }
            }
            return events.toString();
        } catch (XMLStreamException e) {
            return xml;
        }
    }
}
