package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import dev.nettcp.testkit.Hex;
import java.nio.ByteBuffer;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class SessionWritingTest {
    private final SessionWriterDictionary session = new SessionWriterDictionary();
    private final SessionReaderDictionary peer = new SessionReaderDictionary();
    private final BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();

    @Test
    void aStringIsAnnouncedOnceAndThenOnlyNumbered() throws XMLStreamException {
        assertThat(Hex.of(payload("Add"))).isEqualTo("0403416464420101");
        assertThat(Hex.of(payload("Add"))).isEqualTo("00420101");
    }

    private byte[] payload(String name) throws XMLStreamException {
        writer.reset(session);
        writer.writeStartElement("", DictionaryString.of(name), DictionaryString.of(""));
        return bytes(writer.payload());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    @Test
    void aDiscardedDocumentLeavesNoTraceInTheTable() throws XMLStreamException {
        payload("A");
        writer.reset(session);
        writer.writeStartElement("", DictionaryString.of("Lost"), DictionaryString.of(""));
        writer.discard();
        assertThat(Hex.of(payload("B"))).isEqualTo("0201 42 4203 01".replace(" ", ""));
        assertThat(Hex.of(payload("A"))).isEqualTo("00420101");
    }

    @Test
    void aTableLargerThanTheRoomInFrontIsPrependedToo() throws XMLStreamException {
        writer.reset(session);
        writer.writeStartElement("", DictionaryString.of("r"), DictionaryString.of(""));
        for (int k = 0; k < 20; k++) {
            writer.writeStartElement("", DictionaryString.of("x".repeat(60) + k), DictionaryString.of(""));
            writer.writeEndElement();
        }
        ByteBuffer payload = writer.payload();
        assertThat(payload.position()).isGreaterThanOrEqualTo(BinaryXmlStreamWriter.HEADER_ROOM);
        peer.readTable(payload);
        String xml = CanonicalXml.of(new BinaryXmlStreamReader().reset(payload, peer.snapshot()));
        assertThat(xml).startsWith("<r><" + "x".repeat(60) + "0></").endsWith("19></r>");
    }

    @Test
    void theRoomInFrontOfAPayloadIsFree() throws XMLStreamException {
        assertThat(writer.reset().payload().position()).isGreaterThanOrEqualTo(BinaryXmlStreamWriter.HEADER_ROOM);
    }

    @Test
    void plainNamesGoIntoTheTableOnlyWhereTheyAreOffered() throws XMLStreamException {
        writer.reset(session).offerNamesToSession(true);
        writer.writeStartElement("", "Add", "urn:x");
        writer.writeCharacters("Add");
        writer.offerNamesToSession(false);
        writer.writeStartElement("", "Add", "urn:x");
        ByteBuffer payload = writer.payload();
        assertThat(Hex.of(bytes(payload)))
                .isEqualTo("0a 03416464 0575726e3a78 42010a03 9803416464 4003416464 01 01".replace(" ", ""));
    }

    @Test
    void theDocumentCanBeHadWithoutItsTable() throws XMLStreamException {
        writer.reset(session);
        writer.writeStartElement("", DictionaryString.of("Add"), DictionaryString.of(""));
        assertThat(Hex.of(bytes(writer.document()))).isEqualTo("420101");
        byte[] table = new byte[session.tableSize()];
        session.writeTable(table, 0);
        session.commit();
        assertThat(Hex.of(table)).isEqualTo("0403416464");
    }

    @Test
    void aBudgetThatAnUnsentMessageUsedUpIsGivenBack() {
        SessionWriterDictionary small = new SessionWriterDictionary(4);
        assertThat(small.idOf("long string")).isEqualTo(-1);
        assertThat(small.idOf("abc")).as("full for good").isEqualTo(-1);
        small.rollback();
        assertThat(small.idOf("abc")).isEqualTo(1);
    }

    @Test
    void largeBytesGrowTheArray() throws XMLStreamException {
        byte[] data = new byte[100_000];
        writer.reset();
        writer.writeStartElement("a");
        writer.writeBinary(data, 0, data.length);
        writer.writeEndElement();
        BinaryXmlStreamReader reader =
                new BinaryXmlStreamReader().reset(writer.payload(), SessionReaderDictionary.Snapshot.NONE);
        reader.nextTag();
        assertThat(reader.getElementAsBinary()).isEqualTo(data);
    }
}
