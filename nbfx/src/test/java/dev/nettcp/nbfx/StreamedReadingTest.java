package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.VectorSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Base64;
import java.util.Random;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** A document that arrives as a stream: nothing behind it is touched. */
class StreamedReadingTest {
    @ParameterizedTest
    @VectorSource("nbfs-sessionless")
    void theByteBehindTheDocumentStaysInTheStream(Row row) throws Exception {
        byte[] bytes = row.bytes();
        InputStream in =
                new SequenceInputStream(new ByteArrayInputStream(bytes), new ByteArrayInputStream(new byte[] {0x2A}));
        BinaryXmlStreamReader reader =
                Documents.reader(row, Documents.NO_QUOTAS).reset(in);
        int depth = 0;
        do {
            int event = reader.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
            if (reader.hasText()) {
                assertThat(reader.getText()).isNotNull();
            }
        } while (depth > 0);
        assertThat(in.read()).isEqualTo(0x2A);
    }

    @Test
    void aStreamIsAskedForNoMoreThanTheDocumentPromises() throws XMLStreamException {
        byte[] bytes = Hex.bytes("40 0161 99 03 616263");
        InputStream exact = new InputStream() {
            private int at;

            @Override
            public int read() {
                return bytes[at++];
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (at + length > bytes.length) {
                    throw new IOException("asked for " + length + " bytes at " + at);
                }
                System.arraycopy(bytes, at, target, offset, length);
                at += length;
                return length;
            }
        };
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader().reset(exact);
        assertThat(reader.nextTag()).isEqualTo(XMLStreamConstants.START_ELEMENT);
        assertThat(reader.getElementText()).isEqualTo("abc");
    }

    @Test
    void textLongerThanASegmentIsOneTextAgain() throws XMLStreamException {
        String text = "é你😀x".repeat(20_000);
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
        writer.writeStartElement("a");
        writer.writeCharacters(text);
        java.nio.ByteBuffer document = writer.payload();
        InputStream in = new ByteArrayInputStream(Documents.bytes(document));
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader().reset(in);
        reader.next();
        reader.next();
        assertThat(reader.getText()).isEqualTo(text);
        assertThat(reader.next()).isEqualTo(XMLStreamConstants.END_ELEMENT);
    }

    @Test
    void bytesLongerThanASegmentAreOneTextOfBase64() throws XMLStreamException {
        byte[] data = new byte[99_999];
        new Random(1).nextBytes(data);
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
        writer.writeStartElement("a");
        writer.writeBinary(data, 0, data.length);
        InputStream in = new ByteArrayInputStream(Documents.bytes(writer.payload()));
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader().reset(in);
        reader.next();
        reader.next();
        assertThat(reader.getText()).isEqualTo(Base64.getEncoder().encodeToString(data));
    }

    @Test
    void aLongTextThatNobodyAsksForIsSkipped() throws XMLStreamException {
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
        writer.writeStartElement("a");
        writer.writeCharacters("x".repeat(100_000));
        writer.writeStartElement("b");
        java.nio.ByteBuffer document = writer.payload();
        InputStream in = new ByteArrayInputStream(Documents.bytes(document));
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader().reset(in);
        reader.next();
        assertThat(reader.next()).isEqualTo(XMLStreamConstants.CHARACTERS);
        assertThat(reader.next()).isEqualTo(XMLStreamConstants.START_ELEMENT);
        assertThat(reader.getLocalName()).isEqualTo("b");
    }

    @Test
    void aLongArrayOfAStreamKeepsItsAttributesAndItsOrder() throws XMLStreamException {
        int[] values = java.util.stream.IntStream.range(0, 50_000).toArray();
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
        writer.writeStartElement("a");
        writer.writeArray("p", "i", "urn:p", values);
        java.nio.ByteBuffer document = writer.payload();
        byte[] bytes = Documents.bytes(document);
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader().reset(new ByteArrayInputStream(bytes));
        reader.next();
        reader.next();
        assertThat(reader.getElementAsInt()).isZero();
        reader.next();
        assertThat(reader.getNamespaceCount()).isEqualTo(1);
        assertThat(reader.readIntElements("urn:p", "i"))
                .isEqualTo(java.util.stream.IntStream.range(1, 50_000).toArray());
        assertThat(reader.getEventType()).isEqualTo(XMLStreamConstants.END_ELEMENT);
        assertThat(reader.getLocalName()).isEqualTo("a");
    }

    @Test
    void everyItemOfAnArrayOfAStreamHasTheAttributesOfTheFirst() throws XMLStreamException {
        String zeros = "00".repeat(8); // a decimal is long enough to stand where the attribute stood
        byte[] bytes = Hex.bytes("40 0161 03 40 0169 04 0178 98 05 76616c7565 01 95 03" + zeros + "0100000000000000"
                + zeros + "0200000000000000" + zeros + "0300000000000000" + "01");
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader().reset(new ByteArrayInputStream(bytes));
        reader.nextTag();
        for (int item = 1; item <= 3; item++) {
            reader.nextTag();
            assertThat(reader.getAttributeValue("", "x")).isEqualTo("value");
            assertThat(reader.getElementAsInt()).isEqualTo(item);
        }
        assertThat(reader.nextTag()).isEqualTo(XMLStreamConstants.END_ELEMENT);
    }
}
