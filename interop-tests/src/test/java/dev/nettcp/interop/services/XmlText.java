package dev.nettcp.interop.services;

import dev.nettcp.soap.ContentWriter;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/** XML as a test writes it down: as the body of a message, and in a form that can be compared. */
public final class XmlText {

    private static final XMLInputFactory PARSERS = XMLInputFactory.newDefaultFactory();

    private XmlText() {}

    /** The element as the body of a message. */
    public static ContentWriter body(String xml) {
        return out -> copy(parse(xml), out);
    }

    /** Names, attributes and text without prefixes, comments and the borders of text nodes. */
    public static String canonical(String xml) throws XMLStreamException {
        return canonical(parse(xml));
    }

    /** As above, of the element on which the reader stands. */
    public static String canonical(XMLStreamReader reader) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (int event = reader.getEventType(); ; event = reader.next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    text.append('<').append(name(reader.getNamespaceURI(), reader.getLocalName()));
                    attributes(reader).forEach(attribute -> text.append(' ').append(attribute));
                    text.append('>');
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    text.append("</>");
                    if (--depth == 0) {
                        return text.toString();
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA ->
                    text.append(reader.getText());
                default -> {}
            }
        }
    }

    private static List<String> attributes(XMLStreamReader reader) {
        List<String> attributes = new ArrayList<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String name = name(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i));
            attributes.add(name + "=" + reader.getAttributeValue(i));
        }
        Collections.sort(attributes);
        return attributes;
    }

    private static String name(String namespace, String local) {
        return namespace == null || namespace.isEmpty() ? local : "{" + namespace + "}" + local;
    }

    private static XMLStreamReader parse(String xml) throws XMLStreamException {
        XMLStreamReader reader = PARSERS.createXMLStreamReader(new StringReader(xml));
        reader.nextTag();
        return reader;
    }

    private static void copy(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
        for (int event = in.getEventType(); event != XMLStreamConstants.END_DOCUMENT; event = in.next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> copyStart(in, out);
                case XMLStreamConstants.END_ELEMENT -> out.writeEndElement();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA ->
                    out.writeCharacters(in.getText());
                case XMLStreamConstants.COMMENT -> out.writeComment(in.getText());
                default -> throw new XMLStreamException("no body holds event " + event);
            }
        }
    }

    private static void copyStart(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement(text(in.getPrefix()), in.getLocalName(), text(in.getNamespaceURI()));
        for (int i = 0; i < in.getNamespaceCount(); i++) {
            if (in.getNamespacePrefix(i) == null) {
                out.writeDefaultNamespace(text(in.getNamespaceURI(i)));
            } else {
                out.writeNamespace(in.getNamespacePrefix(i), in.getNamespaceURI(i));
            }
        }
        for (int i = 0; i < in.getAttributeCount(); i++) {
            out.writeAttribute(
                    text(in.getAttributePrefix(i)),
                    text(in.getAttributeNamespace(i)),
                    in.getAttributeLocalName(i),
                    in.getAttributeValue(i));
        }
    }

    private static String text(String textOrNull) {
        return textOrNull == null ? "" : textOrNull;
    }
}
