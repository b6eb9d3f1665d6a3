package dev.nettcp.soap;

import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes names as numbers where the writer is one of binary XML, and spelt out where it is not. */
final class DictionaryNames {
    static final DictionaryString ENVELOPE = entry(Namespaces.ENVELOPE);
    static final DictionaryString ADDRESSING = entry(Namespaces.ADDRESSING);

    private DictionaryNames() {}

    /** A text of the static dictionary. */
    static DictionaryString entry(String text) {
        return StaticDictionary.NBFS.entry(text);
    }

    static void start(XMLStreamWriter out, String prefix, DictionaryString localName, DictionaryString namespace)
            throws XMLStreamException {
        if (out instanceof BinaryXmlStreamWriter binary) {
            binary.writeStartElement(prefix, localName, namespace);
        } else {
            out.writeStartElement(prefix, localName.text(), namespace.text());
        }
    }

    /** An attribute of SOAP's namespace. */
    static void soapAttribute(XMLStreamWriter out, DictionaryString localName, String value) throws XMLStreamException {
        if (out instanceof BinaryXmlStreamWriter binary) {
            binary.writeAttribute("s", ENVELOPE, localName, value);
        } else {
            out.writeAttribute("s", Namespaces.ENVELOPE, localName.text(), value);
        }
    }
}
