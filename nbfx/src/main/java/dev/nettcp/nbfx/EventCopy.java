package dev.nettcp.nbfx;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The current event of any reader, written to binary XML. */
final class EventCopy {
    private EventCopy() {}

    static void copy(XMLStreamReader from, BinaryXmlStreamWriter to) throws XMLStreamException {
        switch (from.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> startTag(from, to);
            case XMLStreamConstants.END_ELEMENT -> to.writeEndElement();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text(from, to);
            case XMLStreamConstants.COMMENT -> to.writeComment(from.getText());
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> to.writeProcessingInstruction(from.getPITarget());
            case XMLStreamConstants.DTD -> to.writeDTD(from.getText());
            case XMLStreamConstants.ENTITY_REFERENCE -> to.writeEntityRef(from.getLocalName());
            default -> {} // the ends of the document have no form
        }
    }

    private static void text(XMLStreamReader from, BinaryXmlStreamWriter to) throws XMLStreamException {
        if (from instanceof BinaryXmlStreamReader binary) {
            to.writePCDATA(binary.getPCDATA()); // bytes stay bytes
        } else {
            to.writeCharacters(from.getText());
        }
    }

    private static void startTag(XMLStreamReader from, BinaryXmlStreamWriter to) throws XMLStreamException {
        to.writeStartElement(orEmpty(from.getPrefix()), from.getLocalName(), orEmpty(from.getNamespaceURI()));
        for (int k = 0; k < from.getNamespaceCount(); k++) {
            to.writeNamespace(from.getNamespacePrefix(k), orEmpty(from.getNamespaceURI(k)));
        }
        for (int k = 0; k < from.getAttributeCount(); k++) {
            to.writeAttribute(
                    orEmpty(from.getAttributePrefix(k)),
                    orEmpty(from.getAttributeNamespace(k)),
                    from.getAttributeLocalName(k),
                    from.getAttributeValue(k));
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
