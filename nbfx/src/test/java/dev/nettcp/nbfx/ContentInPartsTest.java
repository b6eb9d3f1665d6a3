package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import dev.nettcp.testkit.Hex;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the reader stands when a content was refused, or left before its end. */
class ContentInPartsTest {
    /** {@code <a><b>abc</b>tail</a>}, the text of b with the end of its element, without, and in two records. */
    private static final Map<String, String> NO_NUMBER = Map.of(
            "one record", "40 0161 40 0162 9903 616263 9904 7461696c",
            "one record and an end", "40 0161 40 0162 9803 616263 01 9904 7461696c",
            "two records", "40 0161 40 0162 9801 61 9902 6263 9904 7461696c");

    interface Typed {
        Object read(BinaryXmlStreamReader reader) throws XMLStreamException;
    }

    static Iterable<Typed> typedCalls() {
        return Arrays.asList(
                BinaryXmlStreamReader::getElementAsInt,
                BinaryXmlStreamReader::getElementAsLong,
                BinaryXmlStreamReader::getElementAsShort,
                BinaryXmlStreamReader::getElementAsBoolean,
                BinaryXmlStreamReader::getElementAsFloat,
                BinaryXmlStreamReader::getElementAsDouble,
                BinaryXmlStreamReader::getElementAsInteger,
                BinaryXmlStreamReader::getElementAsDecimal,
                BinaryXmlStreamReader::getElementAsDateTime,
                BinaryXmlStreamReader::getElementAsTimeSpan,
                BinaryXmlStreamReader::getElementAsUuid,
                BinaryXmlStreamReader::getElementAsBinary);
    }

    @ParameterizedTest
    @MethodSource("typedCalls")
    void aContentThatIsNotOfTheTypeAskedForIsBehindTheReader(Typed call) throws XMLStreamException {
        for (Map.Entry<String, String> document : NO_NUMBER.entrySet()) {
            byte[] bytes = Hex.bytes(document.getValue());
            isBehind(call, new BinaryXmlStreamReader().reset(bytes, 0, bytes.length), document.getKey());
            isBehind(call, new BinaryXmlStreamReader().reset(new ByteArrayInputStream(bytes)), document.getKey());
        }
    }

    private static void isBehind(Typed call, BinaryXmlStreamReader reader, String how) throws XMLStreamException {
        reader.nextTag();
        reader.nextTag();
        assertThatThrownBy(() -> call.read(reader)).as(how).isInstanceOf(BinaryXmlException.class);
        reader.require(XMLStreamConstants.END_ELEMENT, "", "b");
        assertThat(reader.next()).isEqualTo(XMLStreamConstants.CHARACTERS);
        assertThat(reader.getText()).isEqualTo("tail");
        assertThat(reader.next()).isEqualTo(XMLStreamConstants.END_ELEMENT);
        assertThat(reader.getLocalName()).isEqualTo("a");
    }

    @Test
    void bytesBeforeATextThatIsNoBase64AreBehindTheReaderToo() throws XMLStreamException {
        byte[] bytes = Hex.bytes("40 0161 40 0162 9e01 07 9901 2a 01");
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader().reset(bytes, 0, bytes.length);
        reader.nextTag();
        reader.nextTag();
        assertThatThrownBy(reader::getElementAsBinary).hasMessageStartingWith("a text is no base64");
        reader.require(XMLStreamConstants.END_ELEMENT, "", "b");
        assertThat(reader.nextTag()).isEqualTo(XMLStreamConstants.END_ELEMENT);
        assertThat(reader.getLocalName()).isEqualTo("a");
    }

    /** {@code <r><a>AQIDBAUG</a><b>base64 of 9, 9, 9</b></r>}, the second as bytes. */
    private static BinaryXmlStreamReader halfRead(BinaryXmlStreamReader reader) throws XMLStreamException {
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
        writer.writeStartElement("r");
        writer.writeStartElement("a");
        writer.writeCharacters("AQIDBAUG");
        writer.writeEndElement();
        writer.writeStartElement("b");
        writer.writeBinary(new byte[] {9, 9, 9}, 0, 3);
        reader.reset(writer.payload(), Snapshot.NONE);
        reader.nextTag();
        reader.nextTag();
        assertThat(reader.readElementAsBinary(new byte[2], 0, 2)).isEqualTo(2);
        return reader;
    }

    private static byte[] bytes(BinaryXmlStreamReader reader) throws XMLStreamException {
        byte[] part = new byte[10];
        return Arrays.copyOf(part, reader.readElementAsBinary(part, 0, part.length));
    }

    @Test
    void bytesThatWereNotTakenDoNotComeWithThoseOfAnotherElement() throws XMLStreamException {
        BinaryXmlStreamReader reader = halfRead(new BinaryXmlStreamReader());
        reader.nextTag();
        reader.nextTag();
        assertThat(reader.next()).isEqualTo(XMLStreamConstants.CHARACTERS);
        assertThat(bytes(reader)).containsExactly(9, 9, 9);
    }

    @Test
    void bytesThatWereNotTakenDoNotComeWithAnotherDocument() throws XMLStreamException {
        BinaryXmlStreamReader reader = halfRead(new BinaryXmlStreamReader());
        byte[] other = Hex.bytes("400172 400161 9f03 070707 01"); // its bytes stand where that text stood
        reader.reset(other, 0, other.length);
        reader.nextTag();
        reader.nextTag();
        reader.next();
        assertThat(bytes(reader)).containsExactly(7, 7, 7);
    }

    @Test
    void aRangeOutsideTheArrayIsRefusedBeforeAnythingIsTaken() throws XMLStreamException {
        byte[] bytes = Hex.bytes("40 0161 9f03 010203");
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader().reset(bytes, 0, bytes.length);
        reader.nextTag();
        assertThatThrownBy(() -> reader.readElementAsBinary(new byte[2], 1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(reader.getEventType()).isEqualTo(XMLStreamConstants.START_ELEMENT);
        assertThat(bytes(reader)).containsExactly(1, 2, 3);
    }
}
