package dev.nettcp.soap;

import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.Quotas;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.nio.ByteBuffer;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/** Attributes and content of an element, kept as a binary document of its own, in which an element without meaning surrounds them. */
final class Fragment implements ContentWriter {
    /** What was read once under a limit is not measured again. */
    private static final Quotas NONE =
            new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final byte[] document;

    private Fragment(byte[] document) {
        this.document = document;
    }

    static Fragment of(ContentWriter content) throws XMLStreamException {
        BinaryXmlStreamWriter out = Writers.borrow().reset();
        out.writeStartElement("fragment");
        content.writeTo(out);
        ByteBuffer payload = out.payload();
        byte[] document = new byte[payload.remaining()];
        payload.get(document);
        Writers.giveBack(out, payload.capacity());
        return new Fragment(document);
    }

    @Override
    public void writeTo(TypedXMLStreamWriter out) throws XMLStreamException {
        TypedXMLStreamReader in = onRoot();
        XmlCopy.declarations(in, out);
        XmlCopy.attributes(in, out, null);
        in.next();
        XmlCopy.content(in, out);
    }

    /** On the start of the first element, or on the end of the element around the content if there is none. */
    TypedXMLStreamReader reader() throws XMLStreamException {
        TypedXMLStreamReader in = onRoot();
        do {
            in.next();
        } while (!in.isStartElement() && !in.isEndElement());
        return in;
    }

    private TypedXMLStreamReader onRoot() throws XMLStreamException {
        TypedXMLStreamReader in =
                new BinaryXmlStreamReader(StaticDictionary.NBFS, NONE).reset(document, 0, document.length);
        in.next();
        return in;
    }
}
