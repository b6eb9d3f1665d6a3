package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import jakarta.activation.DataHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.UUID;
import javax.xml.namespace.NamespaceContext;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.ri.typed.SimpleValueEncoder;
import org.codehaus.stax2.typed.Base64Variant;
import org.codehaus.stax2.typed.Base64Variants;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.jvnet.staxex.Base64Data;
import org.jvnet.staxex.NamespaceContextEx;
import org.jvnet.staxex.XMLStreamWriterEx;

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
public final class BinaryXmlStreamWriter implements XMLStreamWriterEx, TypedXMLStreamWriter {
    /** Bytes that are free in front of a {@link #payload}, for a header of the layer below. */
    public static final int HEADER_ROOM = 16;

    private static final int TABLE_ROOM = 240;

    private final RecordWriter records = new RecordWriter();
    private final WriterScope scope = new WriterScope();
    private final NamespaceContextEx namespaceContext = new ScopeContext(scope.bindings);
    private final AttributeValue attribute = new AttributeValue(records);
    private final StaticDictionary dictionary;
    private @Nullable SessionWriterDictionary session;
    private @Nullable NamespaceContext outer;

    private boolean tagOpen; // the start tag still takes attributes
    private boolean tagEmpty; // and ends its element
    private boolean inList;
    private boolean listBefore; // the record written last was a list
    private final byte[] trail = new byte[3]; // bytes that wait for a multiple of three
    private int trailing;

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
        outer = null;
        records.reset(dictionary, ofSession, out, out != null ? 0 : HEADER_ROOM + (ofSession != null ? TABLE_ROOM : 0));
        scope.clear();
        attribute.clear();
        tagOpen = false;
        tagEmpty = false;
        inList = false;
        listBefore = false;
        trailing = 0;
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

    // ------------------------------------------------------------------------------------------------ elements

    @Override
    public void writeStartElement(String localName) throws XMLStreamException {
        beforeElement(localName);
        records.startElement("", localName, null);
        scope.enter();
    }

    @Override
    public void writeStartElement(String namespaceUri, String localName) throws XMLStreamException {
        startElement(null, localName, null, namespaceUri, null);
    }

    /** As in StAX; a null prefix means: one in force for the namespace, else the namespace becomes the default one. */
    @Override
    public void writeStartElement(@Nullable String prefix, String localName, String namespaceUri)
            throws XMLStreamException {
        startElement(prefix, localName, null, namespaceUri, null);
    }

    /** Name and namespace go out as numbers where they can. */
    public void writeStartElement(@Nullable String prefix, DictionaryString localName, DictionaryString namespace)
            throws XMLStreamException {
        startElement(prefix, localName.text(), localName, namespace.text(), namespace);
    }

    @Override
    public void writeEmptyElement(String localName) throws XMLStreamException {
        writeStartElement(localName);
        tagEmpty = true;
    }

    @Override
    public void writeEmptyElement(String namespaceUri, String localName) throws XMLStreamException {
        writeStartElement(namespaceUri, localName);
        tagEmpty = true;
    }

    @Override
    public void writeEmptyElement(@Nullable String prefix, String localName, String namespaceUri)
            throws XMLStreamException {
        writeStartElement(prefix, localName, namespaceUri);
        tagEmpty = true;
    }

    private void beforeElement(String localName) throws XMLStreamException {
        if (attribute.isOpen()) {
            throw misuse("an element inside an attribute");
        }
        if (localName.isEmpty()) {
            throw misuse("an element without a name");
        }
        content();
        tagOpen = true;
    }

    private void startElement(
            @Nullable String prefix,
            String localName,
            @Nullable DictionaryString localEntry,
            @Nullable String namespaceUri,
            @Nullable DictionaryString namespaceEntry)
            throws XMLStreamException {
        String uri = namespaceUri == null ? "" : namespaceUri;
        String chosen = prefix != null ? prefix : elementPrefix(uri);
        checkPrefix(chosen, uri);
        beforeElement(localName);
        scope.enter();
        records.startElement(chosen, localName, localEntry);
        bind(chosen, uri, namespaceEntry);
    }

    private String elementPrefix(String uri) {
        if (uri.isEmpty()) {
            return "";
        }
        String known = getPrefix(uri);
        return known == null ? "" : known;
    }

    private static void checkPrefix(String prefix, String uri) throws XMLStreamException {
        if (prefix.isEmpty()) {
            return;
        }
        if (uri.isEmpty()) {
            throw misuse("prefix " + prefix + " without a namespace");
        }
        if (prefix.equals("xmlns") || prefix.equals("xml") != uri.equals(NamespaceScope.XML_URI)) {
            throw misuse("prefix " + prefix + " with namespace " + uri + ": xml and xmlns have their own meaning");
        }
    }

    /** Sees to it that the prefix has this meaning in the current start tag. */
    private void bind(String prefix, String uri, @Nullable DictionaryString entry) throws XMLStreamException {
        if (uri.equals(scope.uri(prefix))) {
            scope.use(prefix);
            return;
        }
        if (scope.isSettled(prefix)) {
            throw misuse("prefix \"" + prefix + "\" for namespace " + uri + ", but the start tag already uses it for "
                    + scope.uri(prefix));
        }
        scope.declare(prefix, uri, entry);
    }

    @Override
    public void writeEndElement() throws XMLStreamException {
        if (attribute.isOpen()) {
            attribute.end();
        }
        content();
        if (scope.depth() == 0) {
            throw misuse("an end tag without an open element");
        }
        records.endElement();
        scope.leave();
    }

    @Override
    public void writeStartDocument() {}

    @Override
    public void writeStartDocument(@Nullable String version) {}

    @Override
    public void writeStartDocument(@Nullable String encoding, @Nullable String version) {}

    /** Ends all open elements. */
    @Override
    public void writeEndDocument() throws XMLStreamException {
        if (attribute.isOpen()) {
            attribute.end();
        }
        content();
        while (scope.depth() > 0) {
            writeEndElement();
        }
    }

    /** Before content or an end: what is left of the start tag, and bytes that wait for others. */
    private void content() throws XMLStreamException {
        if (trailing > 0) {
            int waiting = trailing;
            trailing = 0;
            records.bytes(trail, waiting, trail, 0, 0);
        }
        listBefore = false;
        if (tagOpen) {
            endStartTag();
        }
    }

    private void endStartTag() throws XMLStreamException {
        tagOpen = false;
        for (int k = 0; k < scope.declared(); k++) {
            records.xmlns(scope.declaredPrefix(k), scope.declaredUri(k), scope.declaredEntry(k));
        }
        if (tagEmpty) {
            tagEmpty = false;
            records.endElement();
            scope.leave();
        }
    }

    private static XMLStreamException misuse(String what) {
        return new XMLStreamException("cannot write " + what);
    }

    // ------------------------------------------------------------------------------------------------ attributes

    @Override
    public void writeAttribute(String localName, String value) throws XMLStreamException {
        startAttribute(null, localName, null, "", null);
        attribute.text(value);
        attribute.end();
    }

    @Override
    public void writeAttribute(String namespaceUri, String localName, String value) throws XMLStreamException {
        writeAttribute(null, namespaceUri, localName, value);
    }

    /** As in StAX; a null or empty prefix of a namespace means: one in force for it, else a new letter. */
    @Override
    public void writeAttribute(@Nullable String prefix, String namespaceUri, String localName, String value)
            throws XMLStreamException {
        if (NamespaceScope.XMLNS_URI.equals(namespaceUri)) { // a declaration in the guise of an attribute
            writeNamespace(localName.equals("xmlns") ? "" : localName, value);
            return;
        }
        startAttribute(prefix, localName, null, namespaceUri, null);
        attribute.text(value);
        attribute.end();
    }

    /** Name and namespace go out as numbers where they can. */
    public void writeAttribute(
            @Nullable String prefix, DictionaryString namespace, DictionaryString localName, String value)
            throws XMLStreamException {
        writeStartAttribute(prefix, namespace, localName);
        attribute.text(value);
        attribute.end();
    }

    /** Begins an attribute whose value the following calls give: texts are joined, a typed value stands alone. */
    public void writeStartAttribute(@Nullable String prefix, String namespaceUri, String localName)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
    }

    /** Begins an attribute whose value the following calls give. Name and namespace go out as numbers where they can. */
    public void writeStartAttribute(@Nullable String prefix, DictionaryString namespace, DictionaryString localName)
            throws XMLStreamException {
        startAttribute(prefix, localName.text(), localName, namespace.text(), namespace);
    }

    public void writeEndAttribute() throws XMLStreamException {
        if (!attribute.isOpen()) {
            throw misuse("the end of an attribute without its start");
        }
        attribute.end();
    }

    private void startAttribute(
            @Nullable String prefix,
            String localName,
            @Nullable DictionaryString localEntry,
            @Nullable String namespaceUri,
            @Nullable DictionaryString namespaceEntry)
            throws XMLStreamException {
        if (!tagOpen || attribute.isOpen()) {
            throw misuse("attribute " + localName + " outside a start tag");
        }
        String uri = namespaceUri == null ? "" : namespaceUri;
        String chosen = prefix == null ? "" : prefix;
        if (chosen.isEmpty() && !uri.isEmpty()) {
            String known = scope.prefix(uri, true);
            chosen = known != null ? known : newPrefix(uri);
        }
        checkPrefix(chosen, uri);
        records.startAttribute(chosen, localName, localEntry);
        if (!chosen.isEmpty()) {
            bind(chosen, uri, namespaceEntry);
        }
        attribute.begin();
    }

    private String newPrefix(String uri) {
        String wished = scope.wish(uri);
        return wished != null && !wished.isEmpty() && !scope.isSettled(wished) ? wished : scope.newPrefix();
    }

    // ------------------------------------------------------------------------------------------------ namespaces

    /** Declares a prefix; null, empty or {@code xmlns} is the default namespace. What is in force already is left out. */
    @Override
    public void writeNamespace(@Nullable String prefix, String namespaceUri) throws XMLStreamException {
        declare(prefix, namespaceUri, null);
    }

    /** Declares a prefix; the namespace goes out as a number if it can. */
    public void writeNamespace(@Nullable String prefix, DictionaryString namespace) throws XMLStreamException {
        declare(prefix, namespace.text(), namespace);
    }

    @Override
    public void writeDefaultNamespace(String namespaceUri) throws XMLStreamException {
        declare("", namespaceUri, null);
    }

    /** A prefix for a namespace that a value will need: one in force, else a new letter is declared. */
    public String declarePrefix(String namespaceUri) throws XMLStreamException {
        String known = scope.prefix(namespaceUri, true);
        if (known != null) {
            return known;
        }
        String fresh = newPrefix(namespaceUri);
        declare(fresh, namespaceUri, null);
        return fresh;
    }

    private void declare(@Nullable String prefix, @Nullable String namespaceUri, @Nullable DictionaryString entry)
            throws XMLStreamException {
        if (!tagOpen) {
            throw misuse("a declaration of namespace " + namespaceUri + " outside a start tag");
        }
        String uri = namespaceUri == null ? "" : namespaceUri;
        String of = prefix == null || prefix.equals("xmlns") ? "" : prefix;
        checkPrefix(of, uri);
        bind(of, uri, entry);
    }

    @Override
    public @Nullable String getPrefix(String namespaceUri) {
        String known = scope.prefix(namespaceUri, false);
        if (known == null) {
            known = scope.wish(namespaceUri);
        }
        return known == null && outer != null ? outer.getPrefix(namespaceUri) : known;
    }

    /** Wishes a prefix for a namespace inside the current element; it is declared where it is needed. */
    @Override
    public void setPrefix(String prefix, String namespaceUri) {
        scope.wish(prefix, namespaceUri);
    }

    @Override
    public void setDefaultNamespace(String namespaceUri) {
        scope.wish("", namespaceUri);
    }

    /** Prefixes to prefer when the document itself has none for a namespace. */
    @Override
    public void setNamespaceContext(@Nullable NamespaceContext context) {
        outer = context;
    }

    @Override
    public NamespaceContextEx getNamespaceContext() {
        return namespaceContext;
    }

    // ------------------------------------------------------------------------------------------------ text

    @Override
    public void writeCharacters(@Nullable String text) throws XMLStreamException {
        if (text != null) {
            text(text);
        }
    }

    @Override
    public void writeCharacters(char[] text, int start, int length) throws XMLStreamException {
        text(new String(text, start, length));
    }

    /** The text goes out as a number if it can. */
    public void writeCharacters(DictionaryString text) throws XMLStreamException {
        if (attribute.isOpen()) {
            attribute.entry(text);
        } else if (text.text().isEmpty() || scope.depth() == 0) {
            text(text.text());
        } else {
            value();
            if (!records.dictionaryText(text)) {
                records.text(text.text());
            }
        }
    }

    /** Text; the bytes of {@link Base64Data} are written as such. */
    @Override
    public void writePCDATA(@Nullable CharSequence data) throws XMLStreamException {
        if (data instanceof Base64Data binary) {
            if (binary.hasData()) {
                writeBinary(binary.get(), 0, binary.getDataLen());
            } else {
                writeBinary(binary.getDataHandler());
            }
        } else if (data != null) {
            text(data);
        }
    }

    /** Binary XML knows no CDATA sections: written as text. */
    @Override
    public void writeCData(String data) throws XMLStreamException {
        if (attribute.isOpen()) {
            throw misuse("a CDATA section inside an attribute");
        }
        text(data);
    }

    private void text(CharSequence text) throws XMLStreamException {
        if (attribute.isOpen()) {
            attribute.text(text);
            return;
        }
        if (!inList) {
            content();
            if (scope.depth() == 0 && !TextRecord.isWhiteSpace(text)) {
                throw misuse("text outside the root element");
            }
        }
        if (text.length() > 0) {
            records.text(text);
        } else if (inList) {
            records.empty();
        }
    }

    /** White space, also outside the root element. */
    public void writeSpace(String text) throws XMLStreamException {
        if (!TextRecord.isWhiteSpace(text)) {
            throw misuse("as white space what is none");
        }
        text(text);
    }

    @Override
    public void writeComment(String data) throws XMLStreamException {
        if (attribute.isOpen()) {
            throw misuse("a comment inside an attribute");
        }
        if (data.contains("--") || data.endsWith("-")) {
            throw misuse("a comment with two hyphens in a row, or one at its end");
        }
        content();
        records.comment(data);
    }

    /** Binary XML has no processing instructions: refused. */
    @Override
    public void writeProcessingInstruction(String target) throws XMLStreamException {
        throw misuse("processing instruction " + target + ": binary XML has none");
    }

    /** Binary XML has no processing instructions: refused. */
    @Override
    public void writeProcessingInstruction(String target, String data) throws XMLStreamException {
        writeProcessingInstruction(target);
    }

    /** Binary XML has no document type: refused. */
    @Override
    public void writeDTD(String dtd) throws XMLStreamException {
        throw misuse("a document type declaration: binary XML has none");
    }

    /** Binary XML has no entities: refused. */
    @Override
    public void writeEntityRef(String name) throws XMLStreamException {
        throw misuse("entity reference " + name + ": binary XML has no entities");
    }

    // ------------------------------------------------------------------------------------------------ typed values

    /** Before a typed value is written. */
    private void value() throws XMLStreamException {
        if (inList) {
            return;
        }
        if (attribute.isOpen()) {
            attribute.typed();
        } else {
            content();
            if (scope.depth() == 0) {
                throw misuse("a value outside the root element");
            }
        }
    }

    @Override
    public void writeBoolean(boolean value) throws XMLStreamException {
        value();
        records.bool(value);
    }

    @Override
    public void writeInt(int value) throws XMLStreamException {
        value();
        records.integer(value);
    }

    @Override
    public void writeLong(long value) throws XMLStreamException {
        value();
        records.integer(value);
    }

    /** A number from 0 to 2^64-1, given by its bits. */
    public void writeUnsignedLong(long value) throws XMLStreamException {
        value();
        records.unsigned(value);
    }

    @Override
    public void writeFloat(float value) throws XMLStreamException {
        value();
        records.float32(value);
    }

    @Override
    public void writeDouble(double value) throws XMLStreamException {
        value();
        records.float64(value);
    }

    /** A number; as text if it has more than 64 bits. */
    @Override
    public void writeInteger(BigInteger value) throws XMLStreamException {
        if (value.bitLength() < 64) {
            writeLong(value.longValue());
        } else if (value.bitLength() == 64 && value.signum() > 0) {
            writeUnsignedLong(value.longValue());
        } else {
            text(value.toString());
        }
    }

    /** A decimal; as text if it has more than 96 bits or 28 decimal places. */
    @Override
    public void writeDecimal(BigDecimal value) throws XMLStreamException {
        BigDecimal plain = RecordWriter.withoutNegativeScale(value);
        if (RecordWriter.isDecimal(plain)) {
            value();
            records.decimal(plain);
        } else {
            text(value.toPlainString());
        }
    }

    public void writeDateTime(NetDateTime value) throws XMLStreamException {
        value();
        records.dateTime(value.bits());
    }

    /** A duration in ticks of 100 ns. */
    public void writeTimeSpan(long ticks) throws XMLStreamException {
        value();
        records.timeSpan(ticks);
    }

    public void writeUuid(UUID value) throws XMLStreamException {
        value();
        records.uuid(value);
    }

    /** The text {@code urn:uuid:} and the value, in 16 bytes. */
    public void writeUniqueId(UUID value) throws XMLStreamException {
        value();
        records.uniqueId(value);
    }

    /** In 16 bytes if it is {@code urn:uuid:} and a UUID in lower case, which is not all zero; else as text. */
    public void writeUniqueId(String value) throws XMLStreamException {
        UUID uuid = UniqueIds.uuid(value);
        if (uuid != null) {
            writeUniqueId(uuid);
        } else {
            writeCharacters(value);
        }
    }

    /** The name with a prefix in force for its namespace. If there is none its own is declared, in a start tag. */
    @Override
    public void writeQName(QName name) throws XMLStreamException {
        String prefix = qualifier(name.getNamespaceURI(), name.getPrefix());
        if (attribute.isOpen()) {
            attribute.text(prefix.isEmpty() ? name.getLocalPart() : prefix + ":" + name.getLocalPart());
            return;
        }
        if (!prefix.isEmpty()) {
            text(prefix);
            text(":");
        }
        text(name.getLocalPart());
    }

    /** The name with a prefix in force for its namespace, as a number if it can. */
    public void writeQName(DictionaryString localName, DictionaryString namespace) throws XMLStreamException {
        String prefix = qualifier(namespace.text(), "");
        if (!attribute.isOpen()) {
            content(); // declarations before it get their numbers first
        }
        if (prefix.isEmpty()) {
            writeCharacters(localName);
        } else if (RecordWriter.isLetter(prefix) && records.id(localName) >= 0) {
            value();
            records.qualifiedName(prefix, localName);
        } else {
            text(prefix);
            text(":");
            writeCharacters(localName);
        }
    }

    private String qualifier(String uri, String ownPrefix) throws XMLStreamException {
        if (uri.isEmpty()) {
            return "";
        }
        String known = scope.prefix(uri, false);
        if (known != null) {
            return known;
        }
        if (attribute.isOpen() && ownPrefix.isEmpty()) {
            return declarePrefix(uri);
        }
        if (!tagOpen || ownPrefix.isEmpty()) {
            throw misuse("a name in namespace " + uri + ", for which no prefix is in force");
        }
        declare(ownPrefix, uri, null);
        return ownPrefix;
    }

    // ------------------------------------------------------------------------------------------------ binary values

    /** Bytes, not base64. Calls that follow each other make one value. */
    @Override
    public void writeBinary(byte[] data, int offset, int length) throws XMLStreamException {
        if (inList) {
            records.bytes(trail, 0, data, offset, length);
            return;
        }
        if (attribute.isOpen()) {
            attribute.bytes(data, offset, length);
            return;
        }
        if (tagOpen) {
            content();
        }
        listBefore = false;
        if (scope.depth() == 0) {
            throw misuse("bytes outside the root element");
        }
        int whole = trailing + length - (trailing + length) % 3;
        int taken = whole == 0 ? 0 : whole - trailing;
        if (whole > 0) {
            records.bytes(trail, trailing, data, offset, taken);
            trailing = 0;
        }
        System.arraycopy(data, offset + taken, trail, trailing, length - taken);
        trailing += length - taken;
    }

    @Override
    public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) throws XMLStreamException {
        if (variant == Base64Variants.MODIFIED_FOR_URL) {
            text(new SimpleValueEncoder().encodeAsString(variant, data, offset, length));
        } else {
            writeBinary(data, offset, length);
        }
    }

    @Override
    public void writeBinary(byte[] data, int offset, int length, @Nullable String contentType)
            throws XMLStreamException {
        writeBinary(data, offset, length);
    }

    @Override
    public void writeBinary(DataHandler data) throws XMLStreamException {
        try {
            data.writeTo(writeBinary(data.getContentType()));
        } catch (IOException e) {
            throw new XMLStreamException(e);
        }
    }

    /** A stream into the current place; to be filled before the next call to the writer. */
    @Override
    public OutputStream writeBinary(@Nullable String contentType) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] data, int offset, int length) throws IOException {
                try {
                    writeBinary(data, offset, length);
                } catch (XMLStreamException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    // ------------------------------------------------------------------------------------------------ lists and arrays

    /**
     * Begins a list: the values up to its end are one text, joined by blanks. In an attribute it takes typed values only; texts
     * in it are dropped, as in .NET.
     */
    public void writeStartList() throws XMLStreamException {
        if (inList) {
            throw misuse("a list in a list");
        }
        value();
        records.startList();
        inList = true;
    }

    public void writeEndList() throws XMLStreamException {
        if (!inList) {
            throw misuse("the end of a list without its start");
        }
        records.endList();
        inList = false;
        listBefore = true;
    }

    private void startListOfValues() throws XMLStreamException {
        if (listBefore) {
            text(" ");
        }
        writeStartList();
    }

    @Override
    public void writeIntArray(int[] values, int from, int length) throws XMLStreamException {
        startListOfValues();
        for (int k = from; k < from + length; k++) {
            writeInt(values[k]);
        }
        writeEndList();
    }

    @Override
    public void writeLongArray(long[] values, int from, int length) throws XMLStreamException {
        startListOfValues();
        for (int k = from; k < from + length; k++) {
            writeLong(values[k]);
        }
        writeEndList();
    }

    @Override
    public void writeFloatArray(float[] values, int from, int length) throws XMLStreamException {
        startListOfValues();
        for (int k = from; k < from + length; k++) {
            writeFloat(values[k]);
        }
        writeEndList();
    }

    @Override
    public void writeDoubleArray(double[] values, int from, int length) throws XMLStreamException {
        startListOfValues();
        for (int k = from; k < from + length; k++) {
            writeDouble(values[k]);
        }
        writeEndList();
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, boolean[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.BOOL, 1, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            bytes[at + k] = (byte) (values[k] ? 1 : 0);
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, short[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.INT16, 2, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putShort(bytes, at + 2 * k, values[k]);
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, int[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.INT32, 4, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putInt(bytes, at + 4 * k, values[k]);
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, long[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.INT64, 8, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putLong(bytes, at + 8 * k, values[k]);
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, float[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.FLOAT, 4, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putInt(bytes, at + 4 * k, Float.floatToRawIntBits(values[k]));
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, double[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.DOUBLE, 8, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putLong(bytes, at + 8 * k, Double.doubleToRawLongBits(values[k]));
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, BigDecimal[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.DECIMAL, 16, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            RecordWriter.putDecimal(bytes, at + 16 * k, values[k]);
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, UUID[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.UUID, 16, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putUuid(bytes, at + 16 * k, values[k]);
        }
    }

    /** Elements of durations in ticks of 100 ns, in one Array record. */
    public void writeTimeSpanArray(@Nullable String prefix, String localName, String namespaceUri, long[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.TIME_SPAN, 8, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putLong(bytes, at + 8 * k, values[k]);
        }
    }

    /** As many elements of this name as there are values, in one Array record. */
    public void writeArray(@Nullable String prefix, String localName, String namespaceUri, NetDateTime[] values)
            throws XMLStreamException {
        int at = array(prefix, localName, namespaceUri, RecordType.DATE_TIME, 8, values.length);
        byte[] bytes = records.array();
        for (int k = 0; k < values.length; k++) {
            Bytes.putLong(bytes, at + 8 * k, values[k].bits());
        }
    }

    /** Everything of an array but its values; where they go. */
    private int array(@Nullable String prefix, String localName, String namespaceUri, int type, int itemSize, int count)
            throws XMLStreamException {
        if (count == 0) {
            return 0;
        }
        if (attribute.isOpen()) {
            throw misuse("an array inside an attribute");
        }
        content();
        records.startArray();
        boolean offer = records.offerNames(false); // .NET writes the names of arrays inline
        startElement(prefix, localName, null, namespaceUri, null);
        endStartTag();
        scope.leave();
        records.offerNames(offer);
        records.arrayHeader(type, count);
        return records.raw(Math.multiplyExact(itemSize, count));
    }

    // ------------------------------------------------------------------------------------------------ typed attributes

    @Override
    public void writeBooleanAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, boolean value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeBoolean(value);
        attribute.end();
    }

    @Override
    public void writeIntAttribute(@Nullable String prefix, @Nullable String namespaceUri, String localName, int value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeInt(value);
        attribute.end();
    }

    @Override
    public void writeLongAttribute(@Nullable String prefix, @Nullable String namespaceUri, String localName, long value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeLong(value);
        attribute.end();
    }

    @Override
    public void writeFloatAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, float value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeFloat(value);
        attribute.end();
    }

    @Override
    public void writeDoubleAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, double value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeDouble(value);
        attribute.end();
    }

    @Override
    public void writeIntegerAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, BigInteger value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeInteger(value);
        attribute.end();
    }

    @Override
    public void writeDecimalAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, BigDecimal value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeDecimal(value);
        attribute.end();
    }

    @Override
    public void writeQNameAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, QName value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeQName(value);
        attribute.end();
    }

    @Override
    public void writeBinaryAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, byte[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeBinary(value, 0, value.length);
        attribute.end();
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
        attribute.end();
    }

    @Override
    public void writeIntArrayAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, int[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeIntArray(value, 0, value.length);
        attribute.end();
    }

    @Override
    public void writeLongArrayAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, long[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeLongArray(value, 0, value.length);
        attribute.end();
    }

    @Override
    public void writeFloatArrayAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, float[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeFloatArray(value, 0, value.length);
        attribute.end();
    }

    @Override
    public void writeDoubleArrayAttribute(
            @Nullable String prefix, @Nullable String namespaceUri, String localName, double[] value)
            throws XMLStreamException {
        startAttribute(prefix, localName, null, namespaceUri, null);
        writeDoubleArray(value, 0, value.length);
        attribute.end();
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
