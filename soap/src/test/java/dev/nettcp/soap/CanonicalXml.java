package dev.nettcp.soap;

import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML in a form in which only what it means counts: no prefixes, no declarations, sorted attributes. */
final class CanonicalXml {
    private CanonicalXml() {}

    /** From the current event to the end of the element around it. */
    static String content(XMLStreamReader in) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        while (depth > 0 || in.getEventType() != XMLStreamConstants.END_ELEMENT) {
            switch (in.getEventType()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    start(in, text);
                    depth++;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    text.append("</>");
                    depth--;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(in.getText().replace("&", "&amp;").replace("<", "&lt;"));
                default -> {}
            }
            in.next();
        }
        return text.toString();
    }

    private static void start(XMLStreamReader in, StringBuilder text) {
        text.append('<').append(in.getName());
        TreeMap<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            attributes.put(in.getAttributeName(i).toString(), in.getAttributeValue(i));
        }
        attributes.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        text.append('>');
    }
}
