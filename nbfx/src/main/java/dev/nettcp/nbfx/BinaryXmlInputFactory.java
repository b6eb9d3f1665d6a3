package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.InputStream;
import java.io.Reader;
import javax.xml.stream.EventFilter;
import javax.xml.stream.StreamFilter;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLReporter;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.XMLEventAllocator;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;

/**
 * Binary XML for a program that takes an {@link XMLInputFactory}. It is not registered as a provider: what asks for any factory
 * wants text.
 */
public final class BinaryXmlInputFactory extends XMLInputFactory {
    private static final XMLInputFactory FILTERS = XMLInputFactory.newDefaultFactory();

    private final StaticDictionary dictionary;
    private final Quotas quotas;

    /** For SOAP, with .NET's quotas for streamed messages. */
    public BinaryXmlInputFactory() {
        this(StaticDictionary.NBFS, Quotas.STREAMED);
    }

    public BinaryXmlInputFactory(StaticDictionary dictionary, Quotas quotas) {
        this.dictionary = dictionary;
        this.quotas = quotas;
    }

    @Override
    public XMLStreamReader createXMLStreamReader(InputStream in) {
        return new BinaryXmlStreamReader(dictionary, quotas).reset(in);
    }

    /** The encoding means nothing to a binary document. */
    @Override
    public XMLStreamReader createXMLStreamReader(InputStream in, @Nullable String encoding) {
        return createXMLStreamReader(in);
    }

    @Override
    public XMLStreamReader createXMLStreamReader(@Nullable String systemId, InputStream in) {
        return createXMLStreamReader(in);
    }

    /** Refused: a binary document has bytes, not characters. */
    @Override
    public XMLStreamReader createXMLStreamReader(Reader reader) throws XMLStreamException {
        throw new XMLStreamException("binary XML is read from bytes, not from characters");
    }

    /** Refused: a binary document has bytes, not characters. */
    @Override
    public XMLStreamReader createXMLStreamReader(@Nullable String systemId, Reader reader) throws XMLStreamException {
        return createXMLStreamReader(reader);
    }

    /** A {@link StreamSource} with a stream of bytes; no other is known. */
    @Override
    public XMLStreamReader createXMLStreamReader(Source source) throws XMLStreamException {
        InputStream in = source instanceof StreamSource stream ? stream.getInputStream() : null;
        if (in == null) {
            throw new XMLStreamException(
                    "binary XML is read from a StreamSource with an InputStream, not from " + source);
        }
        return createXMLStreamReader(in);
    }

    @Override
    public XMLEventReader createXMLEventReader(XMLStreamReader reader) {
        return new BinaryXmlEventReader(reader);
    }

    @Override
    public XMLEventReader createXMLEventReader(InputStream in) throws XMLStreamException {
        return createXMLEventReader(createXMLStreamReader(in));
    }

    @Override
    public XMLEventReader createXMLEventReader(InputStream in, @Nullable String encoding) throws XMLStreamException {
        return createXMLEventReader(in);
    }

    @Override
    public XMLEventReader createXMLEventReader(@Nullable String systemId, InputStream in) throws XMLStreamException {
        return createXMLEventReader(in);
    }

    /** Refused: a binary document has bytes, not characters. */
    @Override
    public XMLEventReader createXMLEventReader(Reader reader) throws XMLStreamException {
        return createXMLEventReader(createXMLStreamReader(reader));
    }

    /** Refused: a binary document has bytes, not characters. */
    @Override
    public XMLEventReader createXMLEventReader(@Nullable String systemId, Reader reader) throws XMLStreamException {
        return createXMLEventReader(reader);
    }

    @Override
    public XMLEventReader createXMLEventReader(Source source) throws XMLStreamException {
        return createXMLEventReader(createXMLStreamReader(source));
    }

    @Override
    public XMLStreamReader createFilteredReader(XMLStreamReader reader, StreamFilter filter) throws XMLStreamException {
        return FILTERS.createFilteredReader(reader, filter);
    }

    @Override
    public XMLEventReader createFilteredReader(XMLEventReader reader, EventFilter filter) throws XMLStreamException {
        return FILTERS.createFilteredReader(reader, filter);
    }

    /** Null: there is nothing to resolve. */
    @Override
    public @Nullable XMLResolver getXMLResolver() {
        return null;
    }

    /** Without effect: binary XML has no entities. */
    @Override
    public void setXMLResolver(@Nullable XMLResolver resolver) {}

    @Override
    public @Nullable XMLReporter getXMLReporter() {
        return null;
    }

    /** Without effect: there are errors, but no warnings. */
    @Override
    public void setXMLReporter(@Nullable XMLReporter reporter) {}

    /** What binary XML is by nature can be set to what it is. */
    @Override
    public void setProperty(String name, @Nullable Object value) {
        if (!getProperty(name).equals(value)) {
            throw new IllegalArgumentException(name + " is always " + getProperty(name) + " for binary XML");
        }
    }

    @Override
    public Object getProperty(String name) {
        return switch (name) {
            case IS_NAMESPACE_AWARE, IS_COALESCING -> true;
            case IS_VALIDATING, IS_REPLACING_ENTITY_REFERENCES, IS_SUPPORTING_EXTERNAL_ENTITIES, SUPPORT_DTD -> false;
            default -> throw new IllegalArgumentException("unknown property " + name);
        };
    }

    @Override
    public boolean isPropertySupported(String name) {
        return switch (name) {
            case IS_NAMESPACE_AWARE,
                    IS_COALESCING,
                    IS_VALIDATING,
                    IS_REPLACING_ENTITY_REFERENCES,
                    IS_SUPPORTING_EXTERNAL_ENTITIES,
                    SUPPORT_DTD -> true;
            default -> false;
        };
    }

    @Override
    public void setEventAllocator(@Nullable XMLEventAllocator allocator) {
        throw new UnsupportedOperationException("events are made by an allocator of their own");
    }

    @Override
    public @Nullable XMLEventAllocator getEventAllocator() {
        return null;
    }
}
