package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Hex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontDoorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<a x=\"1\">text &amp; &lt;more&gt;</a>",
                "<p:a xmlns:p=\"urn:p\" p:x=\"tab&#x9;line&#xA;quote&quot;\"><!--c--><b>5</b></p:a>",
                "<a>carriage&#xD;return</a>",
                "<a xmlns=\"urn:1\"><b xmlns=\"\">😀</b></a>",
            })
    void textGoesToBinaryAndBack(String xml) throws XMLStreamException {
        assertThat(BinaryXml.toXml(BinaryXml.fromXml(xml))).isEqualTo(xml);
    }

    @Test
    void cdataAndDeclarationsHaveNoFormOfTheirOwn() throws XMLStreamException {
        byte[] bytes = BinaryXml.fromXml("<?xml version=\"1.0\"?><a><![CDATA[<x>]]></a>");
        assertThat(BinaryXml.toXml(bytes)).isEqualTo("<a>&lt;x&gt;</a>");
    }

    @Test
    void whatBinaryXmlDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> BinaryXml.fromXml("<a><?target data?></a>"))
                .hasMessage("cannot write processing instruction target: binary XML has none");
        assertThatThrownBy(() -> BinaryXml.fromXml("<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>"))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("document type");
    }

    @Test
    void whatADocumentTypeNamesIsNotFetched(@TempDir Path directory) throws IOException {
        String broken = Files.writeString(directory.resolve("broken.dtd"), "<<<")
                .toUri()
                .toString();
        for (String type : List.of("a SYSTEM '" + broken + "'", "a [<!ENTITY % p SYSTEM '" + broken + "'> %p;]")) {
            assertThatThrownBy(() -> BinaryXml.fromXml("<!DOCTYPE " + type + "><a/>"))
                    .hasMessage("cannot write a document type declaration: binary XML has none");
        }
    }

    @Test
    void whatTextDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> BinaryXml.toXml(Hex.bytes("40 0161 99 01 01")))
                .hasMessageStartingWith("U+0001 has no form in XML 1.0");
    }

    @Test
    void aBinarySourceWhoseTextIsBrokenIsRefusedAsABrokenDocument() {
        for (String broken : List.of("40 0161 99 01 FF", "40 0161 04 0162 98 01 FF 01")) {
            byte[] bytes = Hex.bytes(broken);
            assertThatThrownBy(() -> BinaryXml.fromXml(
                            new BinaryXmlStreamReader().reset(bytes, 0, bytes.length), new BinaryXmlStreamWriter()))
                    .isInstanceOf(BinaryXmlException.class)
                    .hasMessageContaining("well-formed UTF-8");
        }
    }

    @Test
    void theFactoriesServeProgramsThatTakeAny() throws Exception {
        XMLOutputFactory out = new BinaryXmlOutputFactory();
        XMLInputFactory in = new BinaryXmlInputFactory();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        XMLEventReader text =
                XMLInputFactory.newDefaultFactory().createXMLEventReader(new StringReader("<a x='1'>t<b/></a>"));
        XMLEventWriter writer = out.createXMLEventWriter(new StreamResult(bytes));
        writer.add(text);
        writer.close();
        XMLEventReader events =
                in.createXMLEventReader(new StreamSource(new ByteArrayInputStream(bytes.toByteArray())));
        StringWriter seen = new StringWriter();
        while (events.hasNext()) {
            seen.append(Integer.toString(events.nextEvent().getEventType())).append(' ');
        }
        assertThat(seen).hasToString("7 1 4 1 2 2 8 ");
    }

    @Test
    void theFactoriesAreNotRegistered() {
        assertThat(XMLInputFactory.newFactory()).isNotInstanceOf(BinaryXmlInputFactory.class);
        assertThat(XMLOutputFactory.newFactory()).isNotInstanceOf(BinaryXmlOutputFactory.class);
    }

    @Test
    void theFactoriesTakeBytesOnlyAndKnowTheirProperties() {
        XMLInputFactory in = new BinaryXmlInputFactory();
        assertThatThrownBy(() -> in.createXMLStreamReader(new StringReader("<a/>")))
                .isInstanceOf(XMLStreamException.class);
        in.setProperty(XMLInputFactory.IS_COALESCING, true);
        assertThatThrownBy(() -> in.setProperty(XMLInputFactory.IS_COALESCING, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BinaryXmlOutputFactory().getProperty("unknown"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
