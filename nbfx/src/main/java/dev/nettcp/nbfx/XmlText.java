package dev.nettcp.nbfx;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Writes events as XML 1.0. Names go out as they are; a character that XML 1.0 has no form for is refused.
 *
 * <p>References stand for what a parser would take for markup or would not give back: in attributes also for tab and line feed.
 */
final class XmlText {
    private final StringBuilder out;
    private boolean tagOpen;

    XmlText(StringBuilder out) {
        this.out = out;
    }

    /** The current event. An element without content is written as an empty tag. */
    void write(BinaryXmlStreamReader reader) throws XMLStreamException {
        int event = reader.getEventType();
        if (tagOpen) {
            tagOpen = false;
            if (event == XMLStreamConstants.END_ELEMENT) {
                out.append("/>");
                return;
            }
            out.append('>');
        }
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> startTag(reader);
            case XMLStreamConstants.END_ELEMENT -> {
                out.append("</");
                name(reader.getPrefix(), reader.getLocalName());
                out.append('>');
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> escaped(reader, reader.getText(), false);
            case XMLStreamConstants.COMMENT -> comment(reader, reader.getText());
            default -> {}
        }
    }

    private void startTag(BinaryXmlStreamReader reader) throws XMLStreamException {
        out.append('<');
        name(reader.getPrefix(), reader.getLocalName());
        for (int k = 0; k < reader.getNamespaceCount(); k++) {
            String prefix = reader.getNamespacePrefix(k);
            out.append(prefix.isEmpty() ? " xmlns" : " xmlns:").append(prefix);
            value(reader, reader.getNamespaceURI(k));
        }
        for (int k = 0; k < reader.getAttributeCount(); k++) {
            out.append(' ');
            name(reader.getAttributePrefix(k), reader.getAttributeLocalName(k));
            value(reader, reader.getAttributeValue(k));
        }
        tagOpen = true;
    }

    private void name(String prefix, String local) {
        if (!prefix.isEmpty()) {
            out.append(prefix).append(':');
        }
        out.append(local);
    }

    private void value(BinaryXmlStreamReader reader, String value) throws XMLStreamException {
        out.append("=\"");
        escaped(reader, value, true);
        out.append('"');
    }

    private void comment(BinaryXmlStreamReader reader, String text) throws XMLStreamException {
        if (text.contains("--") || text.endsWith("-")) {
            throw reader.cursor.error("a comment with two hyphens in a row has no form in XML text");
        }
        out.append("<!--").append(text).append("-->");
    }

    private void escaped(BinaryXmlStreamReader reader, String text, boolean inAttribute) throws XMLStreamException {
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#xD;");
                case '"' -> out.append(inAttribute ? "&quot;" : "\"");
                case '\n' -> out.append(inAttribute ? "&#xA;" : "\n");
                case '\t' -> out.append(inAttribute ? "&#x9;" : "\t");
                default -> {
                    if (c < ' ' || c == 0xFFFE || c == 0xFFFF) {
                        throw reader.cursor.error("U+%04X has no form in XML 1.0".formatted((int) c));
                    }
                    out.append(c);
                }
            }
        }
    }
}
