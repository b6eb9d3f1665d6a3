package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.Base64Variant;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes .NET binary XML, [MC-NBFX], as StAX: the bytes are those .NET's writer gives for the same calls.
 *
 * <p>Namespaces are declared by themselves where they are needed, as a repairing writer does; an explicit declaration that is
 * already in force is left out. Declarations stand behind the attributes of their start tag.
 *
 * <p>A text goes out as a number only where the program asks for it with a {@link DictionaryString}: by its static id, else
 * through the table of the session, else inline.
 *
 * <p>{@link #reset} begins a document in memory, {@link #payload} takes it; a writer may be used for any number of documents, one
 * after the other, by one thread at a time. A {@link SessionWriterDictionary} ties its documents to their order on the wire.
 */
public final class BinaryXmlStreamWriter extends ArrayWriter implements TypedXMLStreamWriter {
    /** Bytes that are free in front of a {@link #payload}, for a header of the layer below. */
    public static final int HEADER_ROOM = 16;

    private static final int TABLE_ROOM = 240;

    private final StaticDictionary dictionary;
    private @Nullable SessionWriterDictionary session;

    /** Into memory, for SOAP. */
    public BinaryXmlStreamWriter() {
        this(StaticDictionary.NBFS);
    }

    /** Into memory. */
    public BinaryXmlStreamWriter(StaticDictionary dictionary) {
        this.dictionary = dictionary;
        begin(null, null);
    }

    /** Into a stream, for SOAP, without a session. The stream is not closed. */
    public static BinaryXmlStreamWriter to(OutputStream out) {
        return to(out, StaticDictionary.NBFS);
    }

    /** Into a stream, without a session. The stream is not closed. */
    public static BinaryXmlStreamWriter to(OutputStream out, StaticDictionary dictionary) {
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter(dictionary);
        writer.begin(null, out);
        return writer;
    }

    // ------------------------------------------------------------------------------------------------ documents

    /** Begins a new document in memory, without a session. */
    public BinaryXmlStreamWriter reset() {
        return begin(null, null);
    }

    /** Begins a new document in memory, the next one of a session. */
    public BinaryXmlStreamWriter reset(SessionWriterDictionary ofSession) {
        return begin(ofSession, null);
    }

    private BinaryXmlStreamWriter begin(@Nullable SessionWriterDictionary ofSession, @Nullable OutputStream out) {
        session = ofSession;
        records.reset(dictionary, ofSession, out, out != null ? 0 : HEADER_ROOM + (ofSession != null ? TABLE_ROOM : 0));
        clear();
        return this;
    }

    /**
     * Whether names and namespaces that are given as plain strings may go into the table of the session too, as those of a
     * contract do in WCF. Off at the beginning of each document; of no effect without a session.
     */
    public BinaryXmlStreamWriter offerNamesToSession(boolean offer) {
        records.offerNames(offer);
        return this;
    }

    /**
     * Ends the document and gives its bytes, in a session with the table of new strings in front, which count as announced from
     * now on. The buffer shows the writer's own array, valid until its next use; {@link #HEADER_ROOM} bytes in front of its
     * position are free.
     */
    public ByteBuffer payload() throws XMLStreamException {
        ByteBuffer document = document();
        SessionWriterDictionary of = session;
        if (of == null) {
            return document;
        }
        int start = records.prepend(of.tableSize(), HEADER_ROOM);
        of.writeTable(records.array(), start);
        of.commit();
        return ByteBuffer.wrap(records.array(), start, records.end() - start);
    }

    /**
     * Ends the document and gives its bytes alone. In a session the caller writes {@link SessionWriterDictionary#writeTable the
     * table} in front and commits it. The buffer shows the writer's own array, valid until its next use.
     */
    public ByteBuffer document() throws XMLStreamException {
        writeEndDocument();
        return written();
    }

    /** The bytes so far, without the end of what is still open. */
    ByteBuffer written() {
        return ByteBuffer.wrap(records.array(), records.start(), records.end() - records.start());
    }

    /** Gives the document up: what it added to the table of the session is taken back. */
    public void discard() {
        if (session != null) {
            session.rollback();
        }
        begin(session, null);
    }

    // ------------------------------------------------------------------------------------------------ typed attributes

    @Override
    public void writeBooleanAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, boolean value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeBoolean(value);
        endAttribute();
    }

    @Override
    public void writeIntAttribute(@Nullable String prefix, @Nullable String namespaceUri, String localName, int value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeInt(value);
        endAttribute();
    }

    @Override
    public void writeLongAttribute(@Nullable String prefix, @Nullable String namespaceUri, String localName, long value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeLong(value);
        endAttribute();
    }

    @Override
    public void writeFloatAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, float value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeFloat(value);
        endAttribute();
    }

    @Override
    public void writeDoubleAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, double value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeDouble(value);
        endAttribute();
    }

    @Override
    public void writeIntegerAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, BigInteger value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeInteger(value);
        endAttribute();
    }

    @Override
    public void writeDecimalAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, BigDecimal value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeDecimal(value);
        endAttribute();
    }

    @Override
    public void writeQNameAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, QName value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeQName(value);
        endAttribute();
    }

    @Override
    public void writeBinaryAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, byte[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeBinary(value, 0, value.length);
        endAttribute();
    }

    @Override
    public void writeBinaryAttribute(
            Base64Variant variant,
            @Nullable String prefix,
            @Nullable String namespaceUri,
            String localName,
            byte[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeBinary(variant, value, 0, value.length);
        endAttribute();
    }

    @Override
    public void writeIntArrayAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, int[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeIntArray(value, 0, value.length);
        endAttribute();
    }

    @Override
    public void writeLongArrayAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, long[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeLongArray(value, 0, value.length);
        endAttribute();
    }

    @Override
    public void writeFloatArrayAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, float[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeFloatArray(value, 0, value.length);
        endAttribute();
    }

    @Override
    public void writeDoubleArrayAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, double[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeDoubleArray(value, 0, value.length);
        endAttribute();
    }

    // ------------------------------------------------------------------------------------------------ the rest of StAX

    /** Sends what is written so far to the stream, if there is one. An end tag written next stands alone, as in .NET. */
    @Override
    public void flush() throws XMLStreamException {
        records.flush();
    }

    /** Flushes; the document is not ended by it, the stream not closed. */
    @Override
    public void close() throws XMLStreamException {
        flush();
    }

    /** Namespaces are always repaired; no other property is known. */
    @Override
    public Object getProperty(@Nullable String name) {
        if (XMLOutputFactory.IS_REPAIRING_NAMESPACES.equals(name)) {
            return true;
        }
        throw new IllegalArgumentException("unknown property " + name);
    }
}
