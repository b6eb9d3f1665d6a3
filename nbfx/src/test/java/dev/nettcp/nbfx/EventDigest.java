package dev.nettcp.nbfx;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** A number that stands for all that a reader says of a document: quicker to make than its text, for the fuzzer. */
final class EventDigest {
    private long sum;

    private EventDigest() {}

    /** Of everything that is left to read. */
    static long of(BinaryXmlStreamReader reader) throws XMLStreamException {
        EventDigest digest = new EventDigest();
        while (reader.hasNext()) {
            digest.event(reader, reader.next());
        }
        return digest.sum;
    }

    private void event(BinaryXmlStreamReader reader, int event) {
        add(event);
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> startTag(reader);
            case XMLStreamConstants.END_ELEMENT -> {
                add(reader.getPrefix().hashCode());
                add(reader.getLocalName().hashCode());
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.COMMENT ->
                add(reader.getText().hashCode());
            default -> {}
        }
    }

    private void startTag(BinaryXmlStreamReader reader) {
        add(reader.getPrefix().hashCode());
        add(reader.getLocalName().hashCode());
        add(reader.getNamespaceURI().hashCode());
        for (int k = 0; k < reader.getAttributeCount(); k++) {
            add(reader.getAttributePrefix(k).hashCode());
            add(reader.getAttributeLocalName(k).hashCode());
            add(reader.getAttributeNamespace(k).hashCode());
            add(reader.getAttributeValue(k).hashCode());
        }
        for (int k = 0; k < reader.getNamespaceCount(); k++) {
            add(reader.getNamespacePrefix(k).hashCode());
            add(reader.getNamespaceURI(k).hashCode());
        }
    }

    private void add(int part) {
        sum = 31 * sum + part;
    }
}
