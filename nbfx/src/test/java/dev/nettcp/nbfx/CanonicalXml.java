package dev.nettcp.nbfx;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The text form of the vectors: nothing but what the events say, elements never abbreviated. */
final class CanonicalXml {
    private CanonicalXml() {}

    /** Of everything that is left to read. */
    static String of(XMLStreamReader reader) throws XMLStreamException {
        StringBuilder xml = new StringBuilder();
        while (reader.hasNext()) {
            reader.next();
            append(reader, xml);
        }
        return xml.toString();
    }

    static void append(XMLStreamReader reader, StringBuilder xml) {
        switch (reader.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> startTag(reader, xml);
            case XMLStreamConstants.END_ELEMENT ->
                xml.append("</")
                        .append(name(reader.getPrefix(), reader.getLocalName()))
                        .append('>');
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE ->
                xml.append(escape(reader.getText()).replace(">", "&gt;"));
            case XMLStreamConstants.COMMENT ->
                xml.append("<!--").append(reader.getText()).append("-->");
            default -> {}
        }
    }

    private static void startTag(XMLStreamReader reader, StringBuilder xml) {
        xml.append('<').append(name(reader.getPrefix(), reader.getLocalName()));
        for (int k = 0; k < reader.getAttributeCount(); k++) {
            xml.append(' ').append(name(reader.getAttributePrefix(k), reader.getAttributeLocalName(k)));
            value(reader.getAttributeValue(k), xml);
        }
        for (int k = 0; k < reader.getNamespaceCount(); k++) {
            String prefix = reader.getNamespacePrefix(k);
            xml.append(prefix == null || prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix);
            value(reader.getNamespaceURI(k), xml);
        }
        xml.append('>');
    }

    private static String name(String prefix, String local) {
        return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    }

    private static void value(String value, StringBuilder xml) {
        xml.append("=\"").append(escape(value).replace("\"", "&quot;")).append('"');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
