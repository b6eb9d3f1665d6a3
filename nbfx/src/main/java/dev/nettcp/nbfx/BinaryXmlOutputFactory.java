package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.OutputStream;
import java.io.Writer;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.Result;
import javax.xml.transform.stream.StreamResult;
import org.codehaus.stax2.ri.Stax2EventWriterImpl;
import org.codehaus.stax2.ri.Stax2WriterAdapter;
import org.jspecify.annotations.Nullable;

/** Binary XML for a program that takes an {@link XMLOutputFactory}. It is not registered as a provider. */
public final class BinaryXmlOutputFactory extends XMLOutputFactory {
    private final StaticDictionary dictionary;

    /** For SOAP. */
    public BinaryXmlOutputFactory() {
        this(StaticDictionary.NBFS);
    }

    public BinaryXmlOutputFactory(StaticDictionary dictionary) {
        this.dictionary = dictionary;
    }

    @Override
    public XMLStreamWriter createXMLStreamWriter(OutputStream out) {
        return BinaryXmlStreamWriter.to(out, dictionary);
    }

    /** The encoding means nothing to a binary document. */
    @Override
    public XMLStreamWriter createXMLStreamWriter(OutputStream out, @Nullable String encoding) {
        return createXMLStreamWriter(out);
    }

    /** Refused: a binary document has bytes, not characters. */
    @Override
    public XMLStreamWriter createXMLStreamWriter(Writer writer) throws XMLStreamException {
        throw new XMLStreamException("binary XML is written to bytes, not to characters");
    }

    /** A {@link StreamResult} with a stream of bytes; no other is known. */
    @Override
    public XMLStreamWriter createXMLStreamWriter(Result result) throws XMLStreamException {
        OutputStream out = result instanceof StreamResult stream ? stream.getOutputStream() : null;
        if (out == null) {
            throw new XMLStreamException(
                    "binary XML is written to a StreamResult with an OutputStream, not to " + result);
        }
        return createXMLStreamWriter(out);
    }

    private static XMLEventWriter events(XMLStreamWriter writer) {
        return new Stax2EventWriterImpl(Stax2WriterAdapter.wrapIfNecessary(writer));
    }

    @Override
    public XMLEventWriter createXMLEventWriter(OutputStream out) {
        return events(createXMLStreamWriter(out));
    }

    @Override
    public XMLEventWriter createXMLEventWriter(OutputStream out, @Nullable String encoding) {
        return createXMLEventWriter(out);
    }

    /** Refused: a binary document has bytes, not characters. */
    @Override
    public XMLEventWriter createXMLEventWriter(Writer writer) throws XMLStreamException {
        return events(createXMLStreamWriter(writer));
    }

    @Override
    public XMLEventWriter createXMLEventWriter(Result result) throws XMLStreamException {
        return events(createXMLStreamWriter(result));
    }

    /** Namespaces are always repaired. */
    @Override
    public void setProperty(String name, @Nullable Object value) {
        if (!getProperty(name).equals(value)) {
            throw new IllegalArgumentException(name + " is always " + getProperty(name) + " for binary XML");
        }
    }

    @Override
    public Object getProperty(String name) {
        if (!isPropertySupported(name)) {
            throw new IllegalArgumentException("unknown property " + name);
        }
        return true;
    }

    @Override
    public boolean isPropertySupported(String name) {
        return IS_REPAIRING_NAMESPACES.equals(name);
    }
}
