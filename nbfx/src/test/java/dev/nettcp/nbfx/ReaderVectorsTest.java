package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.VectorSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.params.ParameterizedTest;

/** Bytes to text, for every document of the vectors, however it arrives. */
class ReaderVectorsTest {
    private static final Pattern TAG = Pattern.compile("<[^<>\"\\s]+( [^=]+=\"[^\"]*\")+>");
    private static final Pattern PART = Pattern.compile(" [^=]+=\"[^\"]*\"|<[^ ]+");

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
        long events = EventDigest.of(Documents.buffered(row, Documents.NO_QUOTAS));
        for (Fragments fragments : Documents.everyWay(row)) {
            assertThat(EventDigest.of(Documents.streamed(row, Documents.NO_QUOTAS, fragments)))
                    .as(fragments.how())
                    .isEqualTo(events);
        }
    }

    /** Equal, or equal but for the order of attributes and declarations in a tag. */
    static boolean same(String expected, String xml) {
        return expected.equals(xml) || sorted(expected).equals(sorted(xml));
    }

    private static String sorted(String xml) {
        StringBuilder sorted = new StringBuilder();
        Matcher tag = TAG.matcher(xml);
        while (tag.find()) {
            List<String> parts = new ArrayList<>();
            Matcher part = PART.matcher(tag.group());
            while (part.find()) {
                parts.add(part.group());
            }
            Collections.sort(parts);
            tag.appendReplacement(sorted, Matcher.quoteReplacement(String.join("", parts)));
        }
        return tag.appendTail(sorted).toString();
    }
}
