package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.ri.typed.ValueDecoderFactory;
import org.codehaus.stax2.typed.Base64Variant;
import org.codehaus.stax2.typed.Base64Variants;
import org.codehaus.stax2.typed.TypedArrayDecoder;
import org.codehaus.stax2.typed.TypedValueDecoder;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/**
 * Reads .NET binary XML, [MC-NBFX], as StAX; a thin view over the cursor that knows the records.
 *
 * <p>Adjacent text records are one CHARACTERS event. Its text is what .NET gives for them; {@link #getPCDATA} gives binary data
 * without base64, and the typed calls give numbers without a detour over their digits; every type of record can be read as every
 * type its text can be read as. A content that is not of the type asked for is refused, and the reader stands at its end tag
 * then, as behind one that is. Names, prefixes and namespaces are interned.
 *
 * <p>A reader may be used for any number of documents, one after the other, by one thread at a time. What is wrong with a
 * document is told by {@link BinaryXmlException}; by calls that may not throw it, as the cause of an {@link
 * IllegalStateException}.
 */
public final class BinaryXmlStreamReader extends EventReader implements TypedXMLStreamReader {
    private final StaticDictionary dictionary;
    private final Quotas quotas;
    private final ValueDecoderFactory decoders = new ValueDecoderFactory();
    private final ContentParts parts = new ContentParts(this);

    /** For buffered SOAP messages. */
    public BinaryXmlStreamReader() {
        this(StaticDictionary.NBFS, Quotas.BUFFERED);
    }

    public BinaryXmlStreamReader(StaticDictionary dictionary, Quotas quotas) {
        this.dictionary = dictionary;
        this.quotas = quotas;
        reset(new byte[0], 0, 0);
    }

    // ------------------------------------------------------------------------------------------------ documents

    /** Goes to the beginning of a document without a session. The bytes must not change while it is read. */
    public BinaryXmlStreamReader reset(byte[] bytes, int offset, int length) {
        return reset(bytes, offset, length, SessionReaderDictionary.Snapshot.NONE);
    }

    /** Goes to the beginning of a document that may use the strings its session has announced. */
    public BinaryXmlStreamReader reset(byte[] bytes, int offset, int length, SessionReaderDictionary.Snapshot session) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        cursor.in.reset(bytes, offset, length);
        return begin(session);
    }

    /**
     * Goes to the beginning of the document that fills the rest of a buffer, whose position stays where it is. The bytes are
     * not copied if the buffer has an array.
     */
    public BinaryXmlStreamReader reset(ByteBuffer bytes, SessionReaderDictionary.Snapshot session) {
        if (bytes.hasArray()) {
            return reset(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), session);
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return reset(copy, 0, copy.length, session);
    }

    /**
     * Goes to the beginning of a document that arrives piecemeal. The stream is read only as far as the document is asked for,
     * never past the end of its root element unless {@link #next} is called there; it is not closed.
     */
    public BinaryXmlStreamReader reset(InputStream bytes) {
        return reset(bytes, SessionReaderDictionary.Snapshot.NONE);
    }

    /** As {@link #reset(InputStream)}, for a document that may use the strings its session has announced. */
    public BinaryXmlStreamReader reset(InputStream bytes, SessionReaderDictionary.Snapshot session) {
        cursor.in.reset(bytes);
        return begin(session);
    }

    private BinaryXmlStreamReader begin(SessionReaderDictionary.Snapshot session) {
        cursor.reset(dictionary, session, quotas);
        parts.clear();
        begin();
        return this;
    }

    RecordCursor cursor() {
        return cursor;
    }

    // ------------------------------------------------------------------------------------------------ typed elements

    private <T> T element(String type, TypedRecord.Conversion<T> ofRecord, Function<String, T> ofText)
            throws XMLStreamException {
        try {
            return openValue()
                    ? closeValue(ofRecord.of(cursor, cursor.valueType(), cursor.valuePos(), cursor.valueLength()))
                    : ofText.apply(lexical);
        } catch (IllegalArgumentException e) {
            throw contentIsNo(type, e);
        }
    }

    private long elementLong(String type, long min, long max) throws XMLStreamException {
        try {
            if (!openValue()) {
                return LexicalParser.parseLong(lexical, min, max);
            }
            long value =
                    TypedRecord.toLong(cursor, cursor.valueType(), cursor.valuePos(), cursor.valueLength(), min, max);
            closeValue();
            return value;
        } catch (IllegalArgumentException e) {
            throw contentIsNo(type, e);
        }
    }

    /** As {@link #isNo}, of a content, behind which the reader stands then, as if it had been one. */
    private BinaryXmlException contentIsNo(String type, IllegalArgumentException e) throws BinaryXmlException {
        BinaryXmlException refusal = isNo(type, e);
        if (event == START_ELEMENT) {
            closeValue();
        }
        return refusal;
    }

    BinaryXmlException isNo(String type, IllegalArgumentException e) {
        BinaryXmlException refusal = cursor.error("a text is no " + type + ": " + e.getMessage());
        refusal.initCause(e);
        return refusal;
    }

    @Override
    public boolean getElementAsBoolean() throws XMLStreamException {
        return element("boolean", TypedRecord::toBoolean, LexicalParser::parseBoolean);
    }

    @Override
    public int getElementAsInt() throws XMLStreamException {
        return (int) elementLong("int", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public short getElementAsShort() throws XMLStreamException {
        return (short) elementLong("short", Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public long getElementAsLong() throws XMLStreamException {
        return elementLong("long", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public float getElementAsFloat() throws XMLStreamException {
        try {
            if (!openValue()) {
                return LexicalParser.parseFloat(lexical);
            }
            float value = TypedRecord.toFloat(cursor, cursor.valueType(), cursor.valuePos(), cursor.valueLength());
            closeValue();
            return value;
        } catch (IllegalArgumentException e) {
            throw contentIsNo("float", e);
        }
    }

    @Override
    public double getElementAsDouble() throws XMLStreamException {
        try {
            if (!openValue()) {
                return LexicalParser.parseDouble(lexical);
            }
            double value = TypedRecord.toDouble(cursor, cursor.valueType(), cursor.valuePos(), cursor.valueLength());
            closeValue();
            return value;
        } catch (IllegalArgumentException e) {
            throw contentIsNo("double", e);
        }
    }

    @Override
    public BigInteger getElementAsInteger() throws XMLStreamException {
        return element("integer", TypedRecord::toInteger, LexicalParser::parseInteger);
    }

    @Override
    public BigDecimal getElementAsDecimal() throws XMLStreamException {
        return element("decimal", TypedRecord::toDecimal, LexicalParser::parseDecimal);
    }

    /** Of text with an offset the kind is local. */
    public NetDateTime getElementAsDateTime() throws XMLStreamException {
        return element("date and time", TypedRecord::toDateTime, LexicalParser::parseDateTime);
    }

    /** A duration in ticks of 100 ns. */
    public long getElementAsTimeSpan() throws XMLStreamException {
        return element("duration", TypedRecord::toTimeSpan, LexicalParser::parseTimeSpan);
    }

    public UUID getElementAsUuid() throws XMLStreamException {
        return element("UUID", TypedRecord::toUuid, LexicalParser::parseUuid);
    }

    /** An id as {@code urn:uuid:…}; any text but an empty one. */
    public String getElementAsUniqueId() throws XMLStreamException {
        return element("unique id", TypedRecord::toUniqueId, LexicalParser::parseUniqueId);
    }

    /** A name without prefix is in the default namespace. */
    @Override
    public QName getElementAsQName() throws XMLStreamException {
        String name = getElementText();
        try {
            return LexicalParser.parseQName(name, namespaceContext); // still in force at the end tag
        } catch (IllegalArgumentException e) {
            throw isNo("qualified name", e);
        }
    }

    @Override
    public void getElementAs(TypedValueDecoder decoder) throws XMLStreamException {
        decode(getElementText(), decoder);
    }

    private void decode(String text, TypedValueDecoder decoder) throws XMLStreamException {
        String trimmed = text.strip();
        try {
            if (trimmed.isEmpty()) {
                decoder.handleEmptyValue();
            } else {
                decoder.decode(trimmed);
            }
        } catch (IllegalArgumentException e) {
            throw isNo("value of the type asked for", e);
        }
    }

    /** The bytes, or those that a text means in base64. Bounded by MaxArrayLength. */
    @Override
    public byte[] getElementAsBinary() throws XMLStreamException {
        return parts.wholeBinary(Base64Variants.getDefaultVariant());
    }

    @Override
    public byte[] getElementAsBinary(Base64Variant variant) throws XMLStreamException {
        return parts.wholeBinary(variant);
    }

    // ------------------------------------------------------------------------------------------------ content in parts

    @Override
    public int readElementAsBinary(byte[] target, int from, int length) throws XMLStreamException {
        return parts.binary(target, from, length, Base64Variants.getDefaultVariant());
    }

    @Override
    public int readElementAsBinary(byte[] target, int from, int length, Base64Variant variant)
            throws XMLStreamException {
        return parts.binary(target, from, length, variant);
    }

    @Override
    public int readElementAsIntArray(int[] target, int from, int length) throws XMLStreamException {
        return parts.list(decoders.getIntArrayDecoder(target, from, length));
    }

    @Override
    public int readElementAsLongArray(long[] target, int from, int length) throws XMLStreamException {
        return parts.list(decoders.getLongArrayDecoder(target, from, length));
    }

    @Override
    public int readElementAsFloatArray(float[] target, int from, int length) throws XMLStreamException {
        return parts.list(decoders.getFloatArrayDecoder(target, from, length));
    }

    @Override
    public int readElementAsDoubleArray(double[] target, int from, int length) throws XMLStreamException {
        return parts.list(decoders.getDoubleArrayDecoder(target, from, length));
    }

    @Override
    public int readElementAsArray(TypedArrayDecoder decoder) throws XMLStreamException {
        return parts.list(decoder);
    }

    // ------------------------------------------------------------------------------------------------ runs of elements

    /**
     * The values of all elements of this name that follow each other from here on, at once if they are an Array record. Leaves
     * the reader behind the last one, at the event that is something else; there may be none. Bounded by MaxArrayLength.
     *
     * @param namespaceUri empty: no namespace
     */
    public int[] readIntElements(String namespaceUri, String localName) throws XMLStreamException {
        return new ElementRun.Ints(this).read(namespaceUri, localName);
    }

    /** As {@link #readIntElements}. */
    public long[] readLongElements(String namespaceUri, String localName) throws XMLStreamException {
        return new ElementRun.Longs(this).read(namespaceUri, localName);
    }

    /** As {@link #readIntElements}. */
    public short[] readShortElements(String namespaceUri, String localName) throws XMLStreamException {
        return new ElementRun.Shorts(this).read(namespaceUri, localName);
    }

    /** As {@link #readIntElements}. */
    public boolean[] readBooleanElements(String namespaceUri, String localName) throws XMLStreamException {
        return new ElementRun.Booleans(this).read(namespaceUri, localName);
    }

    /** As {@link #readIntElements}. */
    public float[] readFloatElements(String namespaceUri, String localName) throws XMLStreamException {
        return new ElementRun.Floats(this).read(namespaceUri, localName);
    }

    /** As {@link #readIntElements}. */
    public double[] readDoubleElements(String namespaceUri, String localName) throws XMLStreamException {
        return new ElementRun.Doubles(this).read(namespaceUri, localName);
    }

    /** As {@link #readIntElements}. */
    public BigDecimal[] readDecimalElements(String namespaceUri, String localName) throws XMLStreamException {
        List<BigDecimal> values = new ArrayList<>();
        ElementRun run = new ElementRun.Values(this, () -> values.add(getElementAsDecimal()));
        run.gather(namespaceUri, localName);
        return values.toArray(BigDecimal[]::new);
    }

    /** As {@link #readIntElements}. */
    public NetDateTime[] readDateTimeElements(String namespaceUri, String localName) throws XMLStreamException {
        List<NetDateTime> values = new ArrayList<>();
        ElementRun run = new ElementRun.Values(this, () -> values.add(getElementAsDateTime()));
        run.gather(namespaceUri, localName);
        return values.toArray(NetDateTime[]::new);
    }

    /** As {@link #readIntElements}. */
    public UUID[] readUuidElements(String namespaceUri, String localName) throws XMLStreamException {
        List<UUID> values = new ArrayList<>();
        ElementRun run = new ElementRun.Values(this, () -> values.add(getElementAsUuid()));
        run.gather(namespaceUri, localName);
        return values.toArray(UUID[]::new);
    }

    /** As {@link #readIntElements}; durations in ticks of 100 ns. */
    public long[] readTimeSpanElements(String namespaceUri, String localName) throws XMLStreamException {
        return new ElementRun.TimeSpans(this).read(namespaceUri, localName);
    }

    // ------------------------------------------------------------------------------------------------ typed attributes

    private <T> T attribute(int index, String type, TypedRecord.Conversion<T> conversion) throws XMLStreamException {
        attribute(index);
        try {
            return conversion.of(
                    cursor, cursor.attributeType(index), cursor.attributePos(index), cursor.attributeLength(index));
        } catch (IllegalArgumentException e) {
            throw isNo(type, e);
        }
    }

    private long attributeLong(int index, String type, long min, long max) throws XMLStreamException {
        return attribute(
                index, type, (of, record, pos, length) -> TypedRecord.toLong(of, record, pos, length, min, max));
    }

    @Override
    public boolean getAttributeAsBoolean(int index) throws XMLStreamException {
        return attribute(index, "boolean", TypedRecord::toBoolean);
    }

    @Override
    public int getAttributeAsInt(int index) throws XMLStreamException {
        return (int) attributeLong(index, "int", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public long getAttributeAsLong(int index) throws XMLStreamException {
        return attributeLong(index, "long", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public float getAttributeAsFloat(int index) throws XMLStreamException {
        return attribute(index, "float", TypedRecord::toFloat);
    }

    @Override
    public double getAttributeAsDouble(int index) throws XMLStreamException {
        return attribute(index, "double", TypedRecord::toDouble);
    }

    @Override
    public BigInteger getAttributeAsInteger(int index) throws XMLStreamException {
        return attribute(index, "integer", TypedRecord::toInteger);
    }

    @Override
    public BigDecimal getAttributeAsDecimal(int index) throws XMLStreamException {
        return attribute(index, "decimal", TypedRecord::toDecimal);
    }

    public NetDateTime getAttributeAsDateTime(int index) throws XMLStreamException {
        return attribute(index, "date and time", TypedRecord::toDateTime);
    }

    @Override
    public QName getAttributeAsQName(int index) throws XMLStreamException {
        return attribute(
                index,
                "qualified name",
                (of, type, pos, length) ->
                        LexicalParser.parseQName(TextRecord.text(of, type, pos, length), namespaceContext));
    }

    @Override
    public void getAttributeAs(int index, TypedValueDecoder decoder) throws XMLStreamException {
        decode(getAttributeValue(index), decoder);
    }

    @Override
    public byte[] getAttributeAsBinary(int index) throws XMLStreamException {
        return attribute(index, "base64", TypedRecord::toBytes);
    }

    @Override
    public byte[] getAttributeAsBinary(int index, Base64Variant variant) throws XMLStreamException {
        return variant == Base64Variants.MODIFIED_FOR_URL && !RecordType.isBytes(cursor.attributeType(attribute(index)))
                ? parts.decode(getAttributeValue(index), variant)
                : getAttributeAsBinary(index);
    }

    @Override
    public int[] getAttributeAsIntArray(int index) throws XMLStreamException {
        ValueDecoderFactory.IntArrayDecoder decoder = decoders.getIntArrayDecoder();
        getAttributeAsArray(index, decoder);
        return decoder.getValues();
    }

    @Override
    public long[] getAttributeAsLongArray(int index) throws XMLStreamException {
        ValueDecoderFactory.LongArrayDecoder decoder = decoders.getLongArrayDecoder();
        getAttributeAsArray(index, decoder);
        return decoder.getValues();
    }

    @Override
    public float[] getAttributeAsFloatArray(int index) throws XMLStreamException {
        ValueDecoderFactory.FloatArrayDecoder decoder = decoders.getFloatArrayDecoder();
        getAttributeAsArray(index, decoder);
        return decoder.getValues();
    }

    @Override
    public double[] getAttributeAsDoubleArray(int index) throws XMLStreamException {
        ValueDecoderFactory.DoubleArrayDecoder decoder = decoders.getDoubleArrayDecoder();
        getAttributeAsArray(index, decoder);
        return decoder.getValues();
    }

    @Override
    public int getAttributeAsArray(int index, TypedArrayDecoder decoder) throws XMLStreamException {
        return new ContentParts(this).tokens(getAttributeValue(index), decoder);
    }
}
