package dev.nettcp.soap;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Copies what a reader reads to a writer, event by event. What binary XML cannot say, processing instructions, is left out. */
public final class XmlCopy {
    private XmlCopy() {}

    /** Copies from the current event on until the end of the element around it, which is not written. */
    public static void content(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
        int depth = 0;
        while (depth > 0 || in.getEventType() != XMLStreamConstants.END_ELEMENT) {
            switch (in.getEventType()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    start(in, out);
                    depth++;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    out.writeEndElement();
                    depth--;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    out.writeCharacters(in.getText());
                case XMLStreamConstants.COMMENT -> out.writeComment(in.getText());
                default -> {} // nothing that a SOAP message may contain
            }
            in.next();
        }
    }

    private static void start(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement(orEmpty(in.getPrefix()), in.getLocalName(), orEmpty(in.getNamespaceURI()));
        declarations(in, out);
        attributes(in, out, null);
    }

    /** Copies the declarations of the start tag that the reader is on. */
    public static void declarations(XMLStreamReader in, XMLStreamWriter out) throws XMLStreamException {
        for (int i = 0; i < in.getNamespaceCount(); i++) {
            String prefix = orEmpty(in.getNamespacePrefix(i));
            String namespace = orEmpty(in.getNamespaceURI(i));
            if (prefix.isEmpty()) {
                out.writeDefaultNamespace(namespace);
            } else {
                out.writeNamespace(prefix, namespace);
            }
        }
    }

    /**
     * Copies the attributes of the start tag that the reader is on.
     *
     * @param exceptNamespace leaves out those of this namespace; null: none
     */
    public static void attributes(XMLStreamReader in, XMLStreamWriter out, @Nullable String exceptNamespace)
            throws XMLStreamException {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String namespace = orEmpty(in.getAttributeNamespace(i));
            if (namespace.isEmpty()) {
                out.writeAttribute(in.getAttributeLocalName(i), in.getAttributeValue(i));
            } else if (!namespace.equals(exceptNamespace)) {
                out.writeAttribute(
                        orEmpty(in.getAttributePrefix(i)),
                        namespace,
                        in.getAttributeLocalName(i),
                        in.getAttributeValue(i));
            }
        }
    }

    /** StAX leaves open whether "none" is null or empty. */
    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
