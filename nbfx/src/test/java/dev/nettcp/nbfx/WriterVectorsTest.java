package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.VectorSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.params.ParameterizedTest;

/** The bytes .NET's writer gives for the same calls, byte for byte, and the calls it refuses. */
class WriterVectorsTest {
    @ParameterizedTest
    @VectorSource("nbfx-writer")
    void everyDocumentHasTheBytesOfDotNet(Row row) throws Exception {
        List<JsonNode> ops = new ArrayList<>();
        row.json().path("ops").forEach(ops::add);
        boolean inSession = row.flag("session");
        SessionWriterDictionary session = new SessionWriterDictionary();
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter(
                row.text("dict").equals("nbfs") ? StaticDictionary.NBFS : StaticDictionary.NONE);
        if (inSession) {
            writer.reset(session);
        }
        WriterOps calls = new WriterOps(writer);
        int refusedAt = row.has("error") ? row.integer("errorAtOp") : ops.size();
        for (JsonNode op : ops.subList(0, refusedAt)) {
            calls.run(op);
        }
        if (row.has("error")) {
            assertThatThrownBy(() -> calls.run(ops.get(refusedAt))).isInstanceOf(XMLStreamException.class);
            return;
        }
        List<String> strings = session.pendingStrings();
        byte[] document = document(writer);
        assertThat(strings).isEqualTo(row.texts("strings"));
        isDocument(row, document);
        if (!inSession) {
            isDocument(row, streamed(row, ops));
        }
    }

    private static void isDocument(Row row, byte[] document) throws Exception {
        if (row.has("hex")) {
            assertThat(Hex.of(document)).isEqualTo(row.text("hex"));
        } else {
            assertThat(document).hasSize(row.integer("length"));
            assertThat(Hex.of(document)).startsWith(row.text("head")).endsWith(row.text("tail"));
            assertThat(Hex.of(MessageDigest.getInstance("SHA-256").digest(document)))
                    .isEqualTo(row.text("sha256"));
        }
    }

    /** What has been written, without ending anything that is still open. */
    private static byte[] document(BinaryXmlStreamWriter writer) throws XMLStreamException {
        ByteBuffer written = writer.written();
        byte[] document = new byte[written.remaining()];
        written.get(document);
        return document;
    }

    private static byte[] streamed(Row row, List<JsonNode> ops) throws XMLStreamException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryXmlStreamWriter writer = BinaryXmlStreamWriter.to(
                out, row.text("dict").equals("nbfs") ? StaticDictionary.NBFS : StaticDictionary.NONE);
        WriterOps calls = new WriterOps(writer);
        for (JsonNode op : ops) {
            calls.run(op);
        }
        writer.close();
        return out.toByteArray();
    }
}
