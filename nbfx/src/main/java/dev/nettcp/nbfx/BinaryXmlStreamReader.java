package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.NoSuchElementException;
import javax.xml.namespace.QName;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.ri.typed.CharArrayBase64Decoder;
import org.codehaus.stax2.ri.typed.ValueDecoderFactory;
import org.codehaus.stax2.typed.Base64Variant;
import org.codehaus.stax2.typed.Base64Variants;
import org.codehaus.stax2.typed.TypedArrayDecoder;
import org.codehaus.stax2.typed.TypedValueDecoder;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.jvnet.staxex.Base64Data;
import org.jvnet.staxex.NamespaceContextEx;
import org.jvnet.staxex.XMLStreamReaderEx;

/**
 * Reads .NET binary XML, [MC-NBFX], as StAX; a thin view over the cursor that knows the records.
 *
 * <p>Adjacent text records are one CHARACTERS event. Its text is what .NET gives for them; {@link #getPCDATA} gives binary data
 * without base64, and the typed calls give numbers without a detour over their digits. Names, prefixes and namespaces are
 * interned. A reader may be used for any number of documents, one after the other, by one thread at a time.
 */
public final class BinaryXmlStreamReader implements XMLStreamReaderEx, TypedXMLStreamReader {
    private final RecordCursor cursor = new RecordCursor();
    private final StaticDictionary dictionary;
    private final Quotas quotas;
    private final NamespaceContextEx namespaceContext = new ReaderNamespaceContext(cursor.scope);

    private final Parts parts = new Parts();
    private final ValueDecoderFactory decoders = new ValueDecoderFactory();

    private int event = START_DOCUMENT;
    private @Nullable String text; // of the current event, once it has been asked for

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
        java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
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
        event = START_DOCUMENT;
        text = null;
        return this;
    }

    RecordCursor cursor() {
        return cursor;
    }

    // ------------------------------------------------------------------------------------------------ events

    @Override
    public int next() throws XMLStreamException {
        if (event == END_DOCUMENT) {
            throw new NoSuchElementException("the document has ended");
        }
        int found = cursor.next();
        if (event == CHARACTERS) {
            while (found == RecordCursor.TEXT) {
                found = cursor.next();
            }
        }
        text = null;
        event = switch (found) {
            case RecordCursor.START -> START_ELEMENT;
            case RecordCursor.END -> END_ELEMENT;
            case RecordCursor.TEXT -> cursor.depth() == 0 ? SPACE : CHARACTERS;
            case RecordCursor.COMMENT -> COMMENT;
            default -> END_DOCUMENT;
        };
        return event;
    }

    @Override
    public boolean hasNext() {
        return event != END_DOCUMENT;
    }

    @Override
    public int nextTag() throws XMLStreamException {
        while (true) {
            switch (next()) {
                case START_ELEMENT, END_ELEMENT -> {
                    return event;
                }
                case CHARACTERS -> {
                    if (!isWhiteSpace()) {
                        throw cursor.error("text where a start or end tag was expected");
                    }
                }
                case SPACE, COMMENT -> {}
                default -> throw cursor.error("the document ends where a start or end tag was expected");
            }
        }
    }

    @Override
    public int getEventType() {
        return event;
    }

    @Override
    public boolean isStartElement() {
        return event == START_ELEMENT;
    }

    @Override
    public boolean isEndElement() {
        return event == END_ELEMENT;
    }

    @Override
    public boolean isCharacters() {
        return event == CHARACTERS;
    }

    @Override
    public boolean isWhiteSpace() {
        if (event != CHARACTERS && event != SPACE) {
            return false;
        }
        return TextRecord.isWhiteSpace(getText());
    }

    @Override
    public void require(int type, @Nullable String namespaceUri, @Nullable String localName) throws XMLStreamException {
        if (type != event) {
            throw cursor.error("expected " + EventNames.of(type) + ", found " + EventNames.of(event));
        }
        if (localName != null && !localName.equals(getLocalName())) {
            throw cursor.error("expected the name " + localName + ", found " + getLocalName());
        }
        if (namespaceUri != null && !namespaceUri.equals(getNamespaceURI())) {
            throw cursor.error("expected the namespace \"" + namespaceUri + "\", found \"" + getNamespaceURI() + "\"");
        }
    }

    /** Ends the use of this document. What it was read from is not closed. */
    @Override
    public void close() {
        reset(new byte[0], 0, 0);
        event = END_DOCUMENT;
    }

    // ------------------------------------------------------------------------------------------------ names

    private void requireElement() {
        if (event != START_ELEMENT && event != END_ELEMENT) {
            throw new IllegalStateException("only elements have a name, this is " + EventNames.of(event));
        }
    }

    private void requireStart() {
        if (event != START_ELEMENT) {
            throw new IllegalStateException("only a start tag has attributes, this is " + EventNames.of(event));
        }
    }

    @Override
    public String getLocalName() {
        requireElement();
        return cursor.localName();
    }

    /** The namespace of the element; null if it is in none. */
    @Override
    public @Nullable String getNamespaceURI() {
        requireElement();
        String uri = cursor.uri();
        return uri.isEmpty() ? null : uri;
    }

    @Override
    public String getPrefix() {
        requireElement();
        return cursor.prefix();
    }

    @Override
    public QName getName() {
        requireElement();
        return new QName(cursor.uri(), cursor.localName(), cursor.prefix());
    }

    @Override
    public boolean hasName() {
        return event == START_ELEMENT || event == END_ELEMENT;
    }

    // ------------------------------------------------------------------------------------------------ attributes

    @Override
    public int getAttributeCount() {
        requireStart();
        return cursor.attributeCount();
    }

    private int attribute(int index) {
        requireStart();
        return java.util.Objects.checkIndex(index, cursor.attributeCount());
    }

    @Override
    public String getAttributeLocalName(int index) {
        return cursor.attributeName(attribute(index));
    }

    @Override
    public @Nullable String getAttributeNamespace(int index) {
        String uri = cursor.attributeUri(attribute(index));
        return uri.isEmpty() ? null : uri;
    }

    @Override
    public String getAttributePrefix(int index) {
        return cursor.attributePrefix(attribute(index));
    }

    @Override
    public QName getAttributeName(int index) {
        attribute(index);
        return new QName(cursor.attributeUri(index), cursor.attributeName(index), cursor.attributePrefix(index));
    }

    @Override
    public String getAttributeType(int index) {
        attribute(index);
        return "CDATA";
    }

    @Override
    public boolean isAttributeSpecified(int index) {
        attribute(index);
        return true;
    }

    /**
     * The text of an attribute.
     *
     * @throws IllegalStateException if its bytes are no text; the cause tells where
     */
    @Override
    public String getAttributeValue(int index) {
        attribute(index);
        try {
            return TextRecord.text(
                    cursor, cursor.attributeType(index), cursor.attributePos(index), cursor.attributeLength(index));
        } catch (BinaryXmlException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public @Nullable String getAttributeValue(@Nullable String namespaceUri, String localName) {
        int index = getAttributeIndex(namespaceUri, localName);
        return index < 0 ? null : getAttributeValue(index);
    }

    /** The place of an attribute; null as the namespace means any. -1: there is none. */
    @Override
    public int getAttributeIndex(@Nullable String namespaceUri, String localName) {
        requireStart();
        for (int k = 0; k < cursor.attributeCount(); k++) {
            if (cursor.attributeName(k).equals(localName)
                    && (namespaceUri == null || cursor.attributeUri(k).equals(namespaceUri))) {
                return k;
            }
        }
        return -1;
    }

    // ------------------------------------------------------------------------------------------------ namespaces

    @Override
    public int getNamespaceCount() {
        requireElement();
        return cursor.scope.declared();
    }

    /** The declared prefix; null for the default namespace. */
    @Override
    public @Nullable String getNamespacePrefix(int index) {
        requireElement();
        String prefix = cursor.scope.declaredPrefix(java.util.Objects.checkIndex(index, cursor.scope.declared()));
        return prefix.isEmpty() ? null : prefix;
    }

    @Override
    public String getNamespaceURI(int index) {
        requireElement();
        return cursor.scope.declaredUri(java.util.Objects.checkIndex(index, cursor.scope.declared()));
    }

    @Override
    public @Nullable String getNamespaceURI(String prefix) {
        String uri = namespaceContext.getNamespaceURI(prefix);
        return uri.isEmpty() ? null : uri;
    }

    /** The prefixes in force now; it changes while the reader goes on. */
    @Override
    public NamespaceContextEx getNamespaceContext() {
        return namespaceContext;
    }

    // ------------------------------------------------------------------------------------------------ text

    @Override
    public boolean hasText() {
        return event == CHARACTERS || event == COMMENT || event == SPACE;
    }

    /**
     * The text of this event.
     *
     * @throws IllegalStateException also if its bytes are no text; the cause tells where
     */
    @Override
    public String getText() {
        if (!hasText()) {
            throw new IllegalStateException(EventNames.of(event) + " has no text");
        }
        String known = text;
        if (known != null) {
            return known;
        }
        try {
            String read = readText();
            text = read;
            return read;
        } catch (BinaryXmlException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private String readText() throws BinaryXmlException {
        String first = value();
        if (event != CHARACTERS || !moreText()) {
            return first;
        }
        StringBuilder all = new StringBuilder(first);
        do {
            all.append(value());
        } while (moreText());
        return all.toString();
    }

    /** Goes on to the next piece of the same text, if there is one. */
    private boolean moreText() throws BinaryXmlException {
        if (cursor.hasNextSegment()) {
            cursor.nextSegment();
            return true;
        }
        if (cursor.textFollows()) {
            cursor.next();
            return true;
        }
        return false;
    }

    private String value() throws BinaryXmlException {
        return TextRecord.text(cursor, cursor.valueType(), cursor.valuePos(), cursor.valueLength());
    }

    @Override
    public char[] getTextCharacters() {
        return getText().toCharArray();
    }

    @Override
    public int getTextCharacters(int sourceStart, char[] target, int targetStart, int length) {
        String whole = getText();
        if (sourceStart < 0 || sourceStart > whole.length()) {
            throw new IndexOutOfBoundsException(
                    "start " + sourceStart + " of a text of " + whole.length() + " characters");
        }
        int count = Math.min(length, whole.length() - sourceStart);
        whole.getChars(sourceStart, sourceStart + count, target, targetStart);
        return count;
    }

    @Override
    public int getTextStart() {
        getText();
        return 0;
    }

    @Override
    public int getTextLength() {
        return getText().length();
    }

    /** The text; of binary data the bytes, as {@link Base64Data}. */
    @Override
    public CharSequence getPCDATA() throws XMLStreamException {
        if (event != CHARACTERS || text != null || !RecordType.isBytes(cursor.valueType())) {
            return getText();
        }
        return new PcData().read();
    }

    /** Gathers the records of one text that began with bytes. */
    private final class PcData {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        CharSequence read() throws BinaryXmlException {
            StringBuilder all = null;
            do {
                if (all == null && !RecordType.isBytes(cursor.valueType())) {
                    all = new StringBuilder(java.util.Base64.getEncoder().encodeToString(bytes.toByteArray()));
                }
                if (all == null) {
                    TextRecord.bytes(cursor, bytes);
                } else {
                    all.append(value());
                }
            } while (moreText());
            if (all != null) {
                text = all.toString();
                return all;
            }
            Base64Data data = new Base64Data();
            byte[] exact = bytes.toByteArray();
            data.set(exact, exact.length, null);
            text = data.toString();
            return data;
        }
    }

    /** The text of an element without child elements; leaves the reader at its end tag. */
    @Override
    public String getElementText() throws XMLStreamException {
        if (event != START_ELEMENT) {
            throw cursor.error("expected START_ELEMENT, found " + EventNames.of(event));
        }
        String first = null;
        StringBuilder all = null;
        while (true) {
            int found = cursor.next();
            switch (found) {
                case RecordCursor.END -> {
                    event = END_ELEMENT;
                    text = null;
                    return all != null ? all.toString() : first != null ? first : "";
                }
                case RecordCursor.TEXT -> {
                    do {
                        String piece = value();
                        if (first == null) {
                            first = piece;
                        } else {
                            all = all == null ? new StringBuilder(first) : all;
                            all.append(piece);
                        }
                        checkLength(all == null ? first.length() : all.length());
                    } while (moreText());
                }
                case RecordCursor.COMMENT -> {}
                default -> throw cursor.error("a child element where only text was expected");
            }
        }
    }

    private void checkLength(int length) throws QuotaExceededException {
        if (length > quotas.maxStringContentLength()) {
            throw cursor.quota(
                    "MaxStringContentLength",
                    quotas.maxStringContentLength(),
                    "a text of at least " + length + " characters");
        }
    }

    @Override
    public String getElementTextTrim() throws XMLStreamException {
        return getElementText().trim();
    }

    // ------------------------------------------------------------------------------------------------ the rest of StAX

    /** What JAXB asks: whether names and namespaces are interned. Every other property is unknown: null. */
    @Override
    public @Nullable Object getProperty(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException("the name of a property must not be null");
        }
        return switch (name) {
            case "org.codehaus.stax2.internNames", "org.codehaus.stax2.internNsUris" -> true;
            case XMLInputFactory.IS_NAMESPACE_AWARE, XMLInputFactory.IS_COALESCING -> true;
            default -> null;
        };
    }

    /** The place of the current record: its byte, counted from the beginning of the document. */
    @Override
    public Location getLocation() {
        return new ByteLocation(cursor.offset());
    }

    @Override
    public @Nullable String getEncoding() {
        return null;
    }

    @Override
    public @Nullable String getVersion() {
        return null;
    }

    @Override
    public boolean isStandalone() {
        return false;
    }

    @Override
    public boolean standaloneSet() {
        return false;
    }

    @Override
    public @Nullable String getCharacterEncodingScheme() {
        return null;
    }

    @Override
    public @Nullable String getPITarget() {
        throw new IllegalStateException("binary XML has no processing instructions, this is " + EventNames.of(event));
    }

    @Override
    public @Nullable String getPIData() {
        throw new IllegalStateException("binary XML has no processing instructions, this is " + EventNames.of(event));
    }

    // ------------------------------------------------------------------------------------------------ typed elements

    private <T extends TypedValueDecoder> T element(T decoder) throws XMLStreamException {
        decode(getElementText(), decoder);
        return decoder;
    }

    private <T extends TypedValueDecoder> T attribute(int index, T decoder) throws XMLStreamException {
        decode(getAttributeValue(index), decoder);
        return decoder;
    }

    private void decode(String lexical, TypedValueDecoder decoder) throws XMLStreamException {
        String trimmed = lexical.strip();
        try {
            if (trimmed.isEmpty()) {
                decoder.handleEmptyValue();
            } else {
                decoder.decode(trimmed);
            }
        } catch (IllegalArgumentException e) {
            throw cursor.error("a text is no value of the type asked for: " + e.getMessage());
        }
    }

    @Override
    public void getElementAs(TypedValueDecoder decoder) throws XMLStreamException {
        element(decoder);
    }

    @Override
    public boolean getElementAsBoolean() throws XMLStreamException {
        return element(decoders.getBooleanDecoder()).getValue();
    }

    @Override
    public int getElementAsInt() throws XMLStreamException {
        return element(decoders.getIntDecoder()).getValue();
    }

    @Override
    public long getElementAsLong() throws XMLStreamException {
        return element(decoders.getLongDecoder()).getValue();
    }

    @Override
    public float getElementAsFloat() throws XMLStreamException {
        return element(decoders.getFloatDecoder()).getValue();
    }

    @Override
    public double getElementAsDouble() throws XMLStreamException {
        return element(decoders.getDoubleDecoder()).getValue();
    }

    @Override
    public BigInteger getElementAsInteger() throws XMLStreamException {
        return element(decoders.getIntegerDecoder()).getValue();
    }

    @Override
    public BigDecimal getElementAsDecimal() throws XMLStreamException {
        return element(decoders.getDecimalDecoder()).getValue();
    }

    @Override
    public QName getElementAsQName() throws XMLStreamException {
        // Decoded while the declarations of the element are still in force: they are until the reader leaves its end.
        return element(decoders.getQNameDecoder(namespaceContext)).getValue();
    }

    @Override
    public byte[] getElementAsBinary() throws XMLStreamException {
        return getElementAsBinary(Base64Variants.getDefaultVariant());
    }

    @Override
    public byte[] getElementAsBinary(Base64Variant variant) throws XMLStreamException {
        requireStart();
        next();
        if (event == END_ELEMENT) {
            return new byte[0];
        }
        CharSequence content = event == CHARACTERS ? getPCDATA() : "";
        next();
        if (event != END_ELEMENT) {
            throw cursor.error("more than one text where binary data was expected");
        }
        return content instanceof Base64Data data ? data.getExact() : base64(content.toString(), variant);
    }

    private byte[] base64(String lexical, Base64Variant variant) throws XMLStreamException {
        CharArrayBase64Decoder decoder = new CharArrayBase64Decoder();
        char[] chars = lexical.toCharArray();
        decoder.init(variant, true, chars, 0, chars.length, null);
        try {
            return decoder.decodeCompletely();
        } catch (IllegalArgumentException e) {
            throw cursor.error("a text is no base64: " + e.getMessage());
        }
    }

    @Override
    public int readElementAsBinary(byte[] target, int from, int length) throws XMLStreamException {
        return readElementAsBinary(target, from, length, Base64Variants.getDefaultVariant());
    }

    @Override
    public int readElementAsBinary(byte[] target, int from, int length, Base64Variant variant)
            throws XMLStreamException {
        return parts.binary(target, from, length, variant);
    }

    @Override
    public int readElementAsIntArray(int[] target, int from, int length) throws XMLStreamException {
        return readElementAsArray(decoders.getIntArrayDecoder(target, from, length));
    }

    @Override
    public int readElementAsLongArray(long[] target, int from, int length) throws XMLStreamException {
        return readElementAsArray(decoders.getLongArrayDecoder(target, from, length));
    }

    @Override
    public int readElementAsFloatArray(float[] target, int from, int length) throws XMLStreamException {
        return readElementAsArray(decoders.getFloatArrayDecoder(target, from, length));
    }

    @Override
    public int readElementAsDoubleArray(double[] target, int from, int length) throws XMLStreamException {
        return readElementAsArray(decoders.getDoubleArrayDecoder(target, from, length));
    }

    @Override
    public int readElementAsArray(TypedArrayDecoder decoder) throws XMLStreamException {
        return parts.array(decoder);
    }

    // ------------------------------------------------------------------------------------------------ typed attributes

    @Override
    public void getAttributeAs(int index, TypedValueDecoder decoder) throws XMLStreamException {
        attribute(index, decoder);
    }

    @Override
    public boolean getAttributeAsBoolean(int index) throws XMLStreamException {
        return attribute(index, decoders.getBooleanDecoder()).getValue();
    }

    @Override
    public int getAttributeAsInt(int index) throws XMLStreamException {
        return attribute(index, decoders.getIntDecoder()).getValue();
    }

    @Override
    public long getAttributeAsLong(int index) throws XMLStreamException {
        return attribute(index, decoders.getLongDecoder()).getValue();
    }

    @Override
    public float getAttributeAsFloat(int index) throws XMLStreamException {
        return attribute(index, decoders.getFloatDecoder()).getValue();
    }

    @Override
    public double getAttributeAsDouble(int index) throws XMLStreamException {
        return attribute(index, decoders.getDoubleDecoder()).getValue();
    }

    @Override
    public BigInteger getAttributeAsInteger(int index) throws XMLStreamException {
        return attribute(index, decoders.getIntegerDecoder()).getValue();
    }

    @Override
    public BigDecimal getAttributeAsDecimal(int index) throws XMLStreamException {
        return attribute(index, decoders.getDecimalDecoder()).getValue();
    }

    @Override
    public QName getAttributeAsQName(int index) throws XMLStreamException {
        return attribute(index, decoders.getQNameDecoder(namespaceContext)).getValue();
    }

    @Override
    public byte[] getAttributeAsBinary(int index) throws XMLStreamException {
        return getAttributeAsBinary(index, Base64Variants.getDefaultVariant());
    }

    @Override
    public byte[] getAttributeAsBinary(int index, Base64Variant variant) throws XMLStreamException {
        attribute(index);
        if (RecordType.isBytes(cursor.attributeType(index))) {
            int start = cursor.attributePos(index);
            return Arrays.copyOfRange(cursor.in.buf, start, start + cursor.attributeLength(index));
        }
        return base64(getAttributeValue(index), variant);
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
        Parts attribute = new Parts();
        attribute.begin(getAttributeValue(index));
        return attribute.tokens(decoder);
    }

    /** The content of one element, handed out in parts. */
    private final class Parts {
        private String lexical = "";
        private int at;
        private byte[] data = new byte[0];
        private boolean reading;

        void begin(String whole) {
            lexical = whole;
            at = 0;
        }

        int array(TypedArrayDecoder decoder) throws XMLStreamException {
            if (event == START_ELEMENT) {
                begin(getElementText());
                reading = true;
            }
            return reading ? rest(tokens(decoder)) : -1;
        }

        int binary(byte[] target, int from, int length, Base64Variant variant) throws XMLStreamException {
            if (event == START_ELEMENT) {
                data = getElementAsBinary(variant);
                at = 0;
                reading = true;
            }
            int count = Math.min(length, data.length - at);
            System.arraycopy(data, at, target, from, count);
            at += count;
            return reading && (count > 0 || length == 0) ? count : rest(-1);
        }

        private int rest(int count) {
            reading = count > 0;
            return count;
        }

        int tokens(TypedArrayDecoder decoder) throws XMLStreamException {
            int count = 0;
            while (decoder.hasRoom()) {
                while (at < lexical.length() && lexical.charAt(at) <= ' ') {
                    at++;
                }
                int start = at;
                while (at < lexical.length() && lexical.charAt(at) > ' ') {
                    at++;
                }
                if (at == start) {
                    break;
                }
                count++;
                try {
                    decoder.decodeValue(lexical.substring(start, at));
                } catch (IllegalArgumentException e) {
                    throw cursor.error("an item of a list is no value of the type asked for: " + e.getMessage());
                }
            }
            return count == 0 ? -1 : count;
        }
    }
}
