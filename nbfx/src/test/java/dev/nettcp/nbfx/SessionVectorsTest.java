package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.VectorSource;
import java.nio.ByteBuffer;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.params.ParameterizedTest;

/** Messages of sessions: tables in front of the documents, and documents without. */
class SessionVectorsTest {
    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader(StaticDictionary.NBFS, Documents.NO_QUOTAS);

    @ParameterizedTest
    @VectorSource("nbfse")
    void theMessagesOfASessionAreReadInOrderWithOneDictionary(Row row) throws XMLStreamException {
        SessionReaderDictionary session = new SessionReaderDictionary(row.integer("maxSessionSize"));
        int known = 0;
        for (Row message : row.rows("messages")) {
            ByteBuffer payload = ByteBuffer.wrap(message.bytes());
            session.readTable(payload);
            SessionReaderDictionary.Snapshot snapshot = session.snapshot();
            List<String> fresh = message.texts("newStrings");
            for (int k = 0; k < fresh.size(); k++) {
                assertThat(snapshot.text(2 * (known + k) + 1)).isEqualTo(fresh.get(k));
            }
            known += fresh.size();
            assertThat(snapshot.size()).isEqualTo(known);
            if (message.has("xml")) {
                documentIs(message.text("xml"), payload, snapshot);
            }
        }
    }

    private void documentIs(String expected, ByteBuffer payload, SessionReaderDictionary.Snapshot snapshot)
            throws XMLStreamException {
        String xml = CanonicalXml.of(reader.reset(payload, snapshot));
        assertThat(xml)
                .satisfiesAnyOf(
                        same -> assertThat(same).isEqualTo(expected),
                        same -> assertThat(ReaderVectorsTest.same(expected, same))
                                .as("%s%n%s", expected, same)
                                .isTrue());
        byte[] document = new byte[payload.remaining()];
        payload.get(payload.position(), document);
        BinaryXmlStreamReader whole = new BinaryXmlStreamReader(StaticDictionary.NBFS, Documents.NO_QUOTAS);
        for (Fragments fragments : Documents.everyWay(document, whole.reset(document, 0, document.length, snapshot))) {
            assertThat(CanonicalXml.of(reader.reset(Documents.stream(fragments), snapshot)))
                    .as(fragments.how())
                    .isEqualTo(xml);
        }
    }

    @ParameterizedTest
    @VectorSource("nbfs-sessionless")
    void documentsWithoutASessionAreReadWithTheStaticDictionary(Row row) throws XMLStreamException {
        documentIs(row.text("xml"), ByteBuffer.wrap(row.bytes()), SessionReaderDictionary.Snapshot.NONE);
    }

    @ParameterizedTest
    @VectorSource("datacontract")
    void whatTheDataContractSerializerWritesIsRead(Row row) throws XMLStreamException {
        if (row.has("hex")) {
            documentIs(row.text("binaryXml"), ByteBuffer.wrap(row.bytes()), SessionReaderDictionary.Snapshot.NONE);
            for (String other : row.texts("hexAlt")) {
                XMLStreamReader framework =
                        reader.reset(ByteBuffer.wrap(Hex.bytes(other)), SessionReaderDictionary.Snapshot.NONE);
                assertThat(CanonicalXml.of(framework)).isNotEmpty();
            }
        }
    }
}
