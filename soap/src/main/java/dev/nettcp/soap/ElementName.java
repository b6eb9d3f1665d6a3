package dev.nettcp.soap;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * The name of an element in a contract: best a constant. Written through it, name and namespace cross a session of binary XML once and
 * are numbers from then on, as those of a WCF contract are. Written by a plain call of the writer they are spelt out each time.
 */
public final class ElementName {
    private final DictionaryString namespace;
    private final DictionaryString localName;

    private ElementName(DictionaryString namespace, DictionaryString localName) {
        this.namespace = namespace;
        this.localName = localName;
    }

    /** An element in a namespace; the empty string is none. */
    public static ElementName of(String namespace, String localName) {
        return new ElementName(DictionaryString.of(namespace), DictionaryString.of(localName));
    }

    /** Another element in the same namespace. */
    public ElementName sibling(String name) {
        return new ElementName(namespace, DictionaryString.of(name));
    }

    /** Begins the element; its namespace is the default one. */
    public void start(XMLStreamWriter out) throws XMLStreamException {
        DictionaryNames.start(out, "", localName, namespace);
    }

    /** Writes an element with a text and no more. */
    public void write(XMLStreamWriter out, String text) throws XMLStreamException {
        start(out);
        out.writeCharacters(text);
        out.writeEndElement();
    }

    /** Whether the reader is on the start or the end of such an element. */
    public boolean is(XMLStreamReader in) {
        String uri = in.getNamespaceURI();
        return in.getLocalName().equals(localName.text())
                && (uri == null ? namespace.text().isEmpty() : uri.equals(namespace.text()));
    }

    /** The name in James Clark's notation. */
    @Override
    public String toString() {
        return "{" + namespace + "}" + localName;
    }
}
