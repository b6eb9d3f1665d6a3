package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists hold values and nothing else, [MC-NBFX] 2.2.3.19. */
class ListWritingTest {
    private final BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();

    @BeforeEach
    void inAnElement() throws XMLStreamException {
        writer.writeStartElement("a");
    }

    @Test
    void nothingButValuesGoesIntoAListThatHasNotEnded() throws XMLStreamException {
        writer.writeStartList();
        writer.writeInt(1);
        assertThatThrownBy(writer::writeEndElement)
                .isInstanceOf(XMLStreamException.class)
                .hasMessage("cannot write anything but values into a list: it has to be ended first");
        assertThatThrownBy(() -> writer.writeStartElement("b")).isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(() -> writer.writeComment("c")).isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(writer::payload).isInstanceOf(XMLStreamException.class);
    }

    @Test
    void aQualifiedNameDoesNotGoIntoAList() throws XMLStreamException {
        writer.writeNamespace("p", "urn:p");
        writer.writeStartAttribute("", "", "x");
        writer.writeStartList();
        assertThatThrownBy(() -> writer.writeQName(new QName("urn:p", "name")))
                .isInstanceOf(XMLStreamException.class)
                .hasMessage("cannot write a qualified name into a list");
        assertThatThrownBy(() -> writer.writeQName(DictionaryString.of("name"), DictionaryString.of("urn:p")))
                .isInstanceOf(XMLStreamException.class);
    }

    @Test
    void anAttributeDoesNotEndBeforeItsList() throws XMLStreamException {
        writer.writeStartAttribute("", "", "x");
        writer.writeStartList();
        assertThatThrownBy(writer::writeEndAttribute)
                .isInstanceOf(XMLStreamException.class)
                .hasMessage("cannot write the end of an attribute before that of its list");
    }
}
