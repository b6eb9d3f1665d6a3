package dev.nettcp.nbfx;

import static dev.nettcp.nbfx.RecordType.CONTENT;
import static dev.nettcp.nbfx.RecordType.KIND;
import static dev.nettcp.nbfx.RecordType.KIND_ATTRIBUTE;
import static dev.nettcp.nbfx.RecordType.KIND_TEXT;
import static dev.nettcp.nbfx.RecordType.KIND_XMLNS;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.xml.namespace.QName;

/**
 * Walks over the records of a document, [MC-NBFX] 2.2; the only code that knows their bytes. It checks structure, names,
 * namespaces and quotas, and leaves text where it lies: a value is a record type and a place in the {@link Input}.
 *
 * <pre>
 *   document = misc* element misc*              misc    = comment | white space
 *   element  = name (attribute | xmlns)* content* (EndElement | text with end)
 *   content  = text | comment | element | array
 *   array    = 03 name (attribute | xmlns)* 01 type count value*      stands for count elements
 * </pre>
 */
final class RecordCursor {
    /** What {@link #next} found. */
    static final int START = 1;

    static final int END = 2;
    static final int TEXT = 3;
    static final int COMMENT = 4;
    static final int DONE = 5;

    /** A longer text of a stream is delivered in segments of about this size. */
    private static final int SEGMENT = 16 * 1024;

    private static final int FEW_ATTRIBUTES = 16;

    /** Characters of MaxNameTableCharCount that a reader of .NET uses up itself. */
    private static final int NAMES_OF_THE_READER = 99;

    final Input in = new Input();
    final NamespaceScope scope = new NamespaceScope();
    private final NameTable names = new NameTable();
    private StaticDictionary dictionary = StaticDictionary.NBFS;
    private SessionReaderDictionary.Snapshot session = SessionReaderDictionary.Snapshot.NONE;
    private Quotas quotas = Quotas.BUFFERED;
    private ZoneId zone = ZoneId.systemDefault();

    // Open elements; the last one is the current one, also at its end.
    private String[] openPrefixes = new String[16];
    private String[] openNames = new String[16];
    private String[] openUris = new String[16];
    private int depth;
    private boolean rootSeen;
    private boolean leaving; // the end of the current element has been reported

    // Attributes of the element that has just been started.
    private String[] attributePrefixes = new String[8];
    private String[] attributeNames = new String[8];
    private String[] attributeUris = new String[8];
    private int[] attributeTypes = new int[8];
    private int[] attributePositions = new int[8];
    private int[] attributeLengths = new int[8];
    private int attributes;

    // The value read last: even record type, place of its content (or id of its dictionary text), length (or prefix
    // letter).
    private int valueType;
    private int valuePos;
    private int valueLength;
    private int valueRest; // bytes of a long streamed text that are still to come
    private boolean valueEnds; // the current element ends with this text

    // The array being read: its items still to come after the current one.
    private boolean inArray;
    private boolean itemOpen; // started, its value not yet reported
    private int arrayLeft;
    private int arrayType;
    private int arrayItemSize;

    // The distinct names of the document; only kept where they are limited.
    private final Set<String> counted = new HashSet<>();
    private long countedChars;
    private boolean countNames;

    private String namePrefix = "";
    private String name = "";
    private long recordOffset;

    RecordCursor() {
        Arrays.fill(openPrefixes, "");
    }

    /** Before a document: the input must have been set already. */
    void reset(StaticDictionary withDictionary, SessionReaderDictionary.Snapshot withSession, Quotas withQuotas) {
        dictionary = withDictionary;
        session = withSession;
        quotas = withQuotas;
        scope.clear();
        names.trim();
        depth = 0;
        rootSeen = false;
        leaving = false;
        attributes = 0;
        valueRest = 0;
        valueEnds = false;
        inArray = false;
        itemOpen = false;
        arrayLeft = 0;
        counted.clear();
        countedChars = NAMES_OF_THE_READER;
        countNames = quotas.maxNameTableCharCount() != Integer.MAX_VALUE;
        recordOffset = 0;
    }

    // ------------------------------------------------------------------------------------------------ walking

    /** Goes on to the next record, or to the end that an odd text record stands for. */
    int next() throws BinaryXmlException {
        try {
            if (leaving) {
                leaveElement();
            }
            if (valueRest > 0) {
                skipRest();
            }
            if (valueEnds) {
                return endElement();
            }
            if (inArray) {
                return arrayItem();
            }
            in.release();
            recordOffset = in.offset(in.pos);
            if (!in.hasMore()) {
                return endOfInput();
            }
            return record(in.buf[in.pos++] & 0xFF);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int record(int type) throws BinaryXmlException, IOException {
        switch (KIND[type]) {
            case RecordType.KIND_ELEMENT -> {
                return startElement(type);
            }
            case KIND_TEXT -> {
                return text(type);
            }
            case RecordType.KIND_END_ELEMENT -> {
                if (depth == 0) {
                    throw error("EndElement without an open element");
                }
                return endElement();
            }
            case RecordType.KIND_COMMENT -> {
                valueType = RecordType.CHARS8;
                valueLength = size();
                valuePos = take(valueLength);
                return COMMENT;
            }
            case RecordType.KIND_ARRAY -> {
                return startArray();
            }
            case KIND_ATTRIBUTE, KIND_XMLNS ->
                throw error(describe(type) + ": attributes and declarations must follow their element directly");
            default ->
                throw error(
                        type == RecordType.END_LIST ? "EndList without a list" : describe(type) + " is no record type");
        }
    }

    private int endOfInput() throws BinaryXmlException {
        if (depth > 0) {
            throw error("the document ends inside an element");
        }
        return DONE;
    }

    private int endElement() {
        valueEnds = false;
        leaving = true;
        return END;
    }

    private void leaveElement() {
        leaving = false;
        depth--;
        if (inArray && arrayLeft > 0) {
            return; // the next item has the same declarations
        }
        inArray = false;
        in.letGo();
        scope.leave();
        attributes = 0;
    }

    // ------------------------------------------------------------------------------------------------ elements

    private int startElement(int type) throws BinaryXmlException, IOException {
        if (depth == 0 && rootSeen) {
            throw error("a second root element");
        }
        startTag(type);
        return START;
    }

    private void startTag(int type) throws BinaryXmlException, IOException {
        if (depth == quotas.maxDepth()) {
            throw quota("MaxDepth", quotas.maxDepth(), "an element at depth " + (depth + 1));
        }
        readName(type);
        push();
        int tagStart = in.pos;
        for (int next = peek(); KIND[next] == KIND_ATTRIBUTE || KIND[next] == KIND_XMLNS; next = peek()) {
            in.pos++;
            if (KIND[next] == KIND_ATTRIBUTE) {
                readAttribute(next);
            } else {
                readDeclaration(next);
            }
            if (in.pos - tagStart > quotas.maxBytesPerRead()) {
                throw quota(
                        "MaxBytesPerRead",
                        quotas.maxBytesPerRead(),
                        (in.pos - tagStart) + " bytes of attributes in one tag");
            }
        }
        openUris[depth - 1] = resolve(prefix(), localName());
        if (attributes > 0) {
            resolveAttributes();
        }
        if (countNames) {
            countNames();
        }
    }

    /** The element whose name has just been read is open from here on; its namespace is known at the end of its tag. */
    private void push() {
        if (depth == openNames.length) {
            openPrefixes = Arrays.copyOf(openPrefixes, 2 * depth);
            openNames = Arrays.copyOf(openNames, 2 * depth);
            openUris = Arrays.copyOf(openUris, 2 * depth);
        }
        openPrefixes[depth] = namePrefix;
        openNames[depth] = name;
        depth++;
        rootSeen = true;
        scope.enter();
        attributes = 0;
    }

    private void countNames() throws QuotaExceededException {
        count(prefix());
        count(localName());
        count(uri());
        for (int k = 0; k < attributes; k++) {
            count(attributePrefixes[k]);
            count(attributeNames[k]);
        }
        for (int k = 0; k < scope.declared(); k++) {
            count(scope.declaredPrefix(k));
            count(scope.declaredUri(k));
        }
        if (countedChars > quotas.maxNameTableCharCount()) {
            throw quota(
                    "MaxNameTableCharCount",
                    quotas.maxNameTableCharCount(),
                    "a name table of " + countedChars + " characters");
        }
    }

    private void count(String text) {
        if (text.length() > 1
                && !text.equals(NamespaceScope.XML)
                && !text.equals(NamespaceScope.XMLNS)
                && counted.add(text)) {
            countedChars += text.length();
        }
    }

    private String resolve(String prefix, String local) throws BinaryXmlException {
        String uri = prefix.equals(NamespaceScope.XMLNS) ? null : scope.uri(prefix);
        if (uri == null) {
            throw error("the prefix of " + prefix + ":" + local + " is not declared");
        }
        return uri;
    }

    private void readAttribute(int type) throws BinaryXmlException, IOException {
        readName(type);
        int value = byteOf("the value of an attribute");
        if (KIND[value] != KIND_TEXT || (value & 1) == 1) {
            throw error("the value of attribute " + name + " must be one text record without end of element, but is "
                    + describe(value));
        }
        if (attributes == attributeNames.length) {
            growAttributes();
        }
        readValue(value, false);
        attributePrefixes[attributes] = namePrefix;
        attributeNames[attributes] = name;
        attributeTypes[attributes] = valueType;
        attributePositions[attributes] = valuePos;
        attributeLengths[attributes] = valueLength;
        attributes++;
    }

    private void growAttributes() {
        int size = 2 * attributes;
        attributePrefixes = Arrays.copyOf(attributePrefixes, size);
        attributeNames = Arrays.copyOf(attributeNames, size);
        attributeUris = Arrays.copyOf(attributeUris, size);
        attributeTypes = Arrays.copyOf(attributeTypes, size);
        attributePositions = Arrays.copyOf(attributePositions, size);
        attributeLengths = Arrays.copyOf(attributeLengths, size);
    }

    private void resolveAttributes() throws BinaryXmlException {
        for (int k = 0; k < attributes; k++) {
            String prefix = attributePrefixes[k];
            attributeUris[k] = prefix.isEmpty() ? "" : resolve(prefix, attributeNames[k]);
        }
        int twice = attributes <= FEW_ATTRIBUTES ? duplicateOfFew() : duplicateOfMany();
        if (twice >= 0) {
            throw error("attribute " + attributeNames[twice] + " twice in one element");
        }
    }

    private int duplicateOfFew() {
        for (int k = 1; k < attributes; k++) {
            for (int other = 0; other < k; other++) {
                if (Interned.same(attributeNames[other], attributeNames[k])
                        && Interned.same(attributeUris[other], attributeUris[k])) {
                    return k;
                }
            }
        }
        return -1;
    }

    private int duplicateOfMany() {
        Set<QName> seen = new HashSet<>();
        for (int k = 0; k < attributes; k++) {
            if (!seen.add(new QName(attributeUris[k], attributeNames[k]))) {
                return k;
            }
        }
        return -1;
    }

    private void readDeclaration(int type) throws BinaryXmlException, IOException {
        String prefix = RecordType.PREFIX[type] == RecordType.NO_PREFIX ? "" : string("prefix");
        String uri = RecordType.NAME_BY_ID[type] ? dictionaryString() : string("namespace");
        if (uri.isEmpty() && !prefix.isEmpty()) {
            throw error("prefix " + prefix + " is declared with an empty namespace");
        }
        if ((prefix.equals(NamespaceScope.XML) && !uri.equals(NamespaceScope.XML_URI))
                || (prefix.equals(NamespaceScope.XMLNS) && !uri.equals(NamespaceScope.XMLNS_URI))) {
            throw error("prefix " + prefix + " is declared with another namespace than its own");
        }
        if (!scope.declare(prefix, uri)) {
            throw error(
                    prefix.isEmpty()
                            ? "the default namespace is declared twice in one element"
                            : "prefix " + prefix + " is declared twice in one element");
        }
    }

    private void readName(int type) throws BinaryXmlException, IOException {
        int prefix = RecordType.PREFIX[type];
        namePrefix = prefix >= 0 ? NameTable.prefix(prefix) : prefix == RecordType.NO_PREFIX ? "" : string("prefix");
        name = RecordType.NAME_BY_ID[type] ? dictionaryString() : string("name");
    }

    // ------------------------------------------------------------------------------------------------ arrays

    private int startArray() throws BinaryXmlException, IOException {
        int element = byteOf("the element of an array");
        if (KIND[element] != RecordType.KIND_ELEMENT) {
            throw error("the element of an array must be an element record, but is " + describe(element));
        }
        startElement(element);
        int end = byteOf("the end of the element of an array");
        if (end != RecordType.END_ELEMENT) {
            throw error(
                    "the element of an array must end directly after its attributes, but there is " + describe(end));
        }
        arrayType = byteOf("the type of an array");
        arrayItemSize = RecordType.arrayItemSize(arrayType);
        if (arrayItemSize == 0) {
            throw error(describe(arrayType) + " is no type of array values");
        }
        int count = size();
        if (count == 0) {
            throw error("an array of 0 items");
        }
        if (!in.isStreamed() && (long) count * arrayItemSize > in.end - in.pos) {
            throw error("an array of " + count + " items of " + arrayItemSize + " bytes is announced, "
                    + (in.end - in.pos) + " bytes follow");
        }
        in.hold();
        inArray = true;
        itemOpen = true;
        arrayLeft = count - 1;
        return START;
    }

    /** Before the start of an item, or between its start and its end: the value, which ends it. */
    private int arrayItem() throws BinaryXmlException, IOException {
        recordOffset = in.offset(in.pos);
        if (!itemOpen) {
            depth++; // the names of the item before are still in their place
            itemOpen = true;
            arrayLeft--;
            return START;
        }
        itemOpen = false;
        in.release();
        valueType = arrayType - 1;
        valueLength = arrayItemSize;
        valuePos = take(arrayItemSize);
        valueEnds = true;
        return TEXT;
    }

    // ------------------------------------------------------------------------------------------------ text

    private int text(int type) throws BinaryXmlException, IOException {
        boolean ends = (type & 1) == 1;
        readValue(type & 0xFE, depth > 0);
        if (depth == 0) {
            if (ends) {
                throw error("a text that ends an element, without an open element");
            }
            if (!TextRecord.isWhiteSpace(this, valueType, valuePos, valueLength)) {
                throw error("text outside the root element");
            }
        }
        valueEnds = ends;
        return TEXT;
    }

    /** Measures the content of an even text record, checks that it is there and moves behind it. */
    private void readValue(int even, boolean inSegments) throws BinaryXmlException, IOException {
        valueType = even;
        int content = CONTENT[even];
        if (content >= 0) {
            valueLength = content;
            valuePos = take(content);
            return;
        }
        switch (content) {
            case RecordType.LENGTH8 -> counted(byteOf("a length"), inSegments);
            case RecordType.LENGTH16 -> {
                int at = take(2);
                counted(Bytes.getShort(in.buf, at) & 0xFFFF, inSegments);
            }
            case RecordType.LENGTH32 -> {
                int at = take(4);
                counted(Bytes.getInt(in.buf, at), inSegments);
            }
            case RecordType.ID -> {
                valuePos = size();
                valueLength = 0;
                dictionaryText(valuePos);
            }
            case RecordType.LETTER_AND_ID -> {
                int letter = byteOf("the prefix of a qualified name");
                if (letter > 25) {
                    throw error("prefix number " + letter + " of a qualified name; 0 to 25 stand for a to z");
                }
                valuePos = size();
                valueLength = letter;
                dictionaryText(valuePos);
            }
            default -> readList();
        }
    }

    private void counted(int length, boolean inSegments) throws BinaryXmlException, IOException {
        if (length < 0) {
            throw error("a text record of " + length + " bytes");
        }
        if ((length & 1) == 1 && RecordType.isUnicodeChars(valueType)) {
            throw error("UTF-16 text of " + length + " bytes, an odd number");
        }
        if (inSegments && length > SEGMENT && in.isStreamed()) {
            valueRest = length;
            readSegment();
        } else {
            valueLength = length;
            valuePos = take(length);
        }
    }

    /** Whether the current text goes on in another segment. */
    boolean hasNextSegment() {
        return valueRest > 0;
    }

    /** Replaces the current segment of a long streamed text by the next one. */
    void nextSegment() throws BinaryXmlException {
        try {
            in.release();
            readSegment();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Segments are cut between characters, those of bytes at multiples of three, so that each can be decoded alone. */
    private void readSegment() throws BinaryXmlException, IOException {
        int length = Math.min(SEGMENT, valueRest);
        valuePos = take(length);
        if (length < valueRest) {
            int whole = RecordType.isBytes(valueType)
                    ? length - length % 3
                    : RecordType.isChars(valueType)
                            ? Utf8.wholeCharacters(in.buf, valuePos, length)
                            : TextRecord.wholeCharacters(in.buf, valuePos, length);
            in.pos -= length - whole;
            length = whole;
        }
        valueLength = length;
        valueRest -= length;
    }

    /** A list is one value: its place is that of its items, without the records around them. [MC-NBFX] 2.2.3.19 */
    private void readList() throws BinaryXmlException, IOException {
        int start = in.pos;
        int itemsEnd = start;
        for (int item = byteOf("an item of a list"); item != RecordType.END_LIST; item = byteOf("an item of a list")) {
            if (KIND[item] != KIND_TEXT || (item & 1) == 1) {
                throw error(describe(item) + " in a list; only text records without end of element may be there");
            }
            if (item == RecordType.START_LIST || item == RecordType.QNAME_DICTIONARY) {
                throw error(item == RecordType.START_LIST ? "a list in a list" : "a qualified name in a list");
            }
            readValue(item, false);
            itemsEnd = in.pos;
        }
        valueType = RecordType.START_LIST;
        valuePos = start;
        valueLength = itemsEnd - start;
    }

    /** Makes the item of a checked list at {@code position} the current value; the position behind it. */
    int readListItem(int position) throws BinaryXmlException {
        int resume = in.pos;
        try {
            in.pos = position + 1;
            readValue(in.buf[position] & 0xFF, false);
            return in.pos;
        } catch (IOException e) {
            throw unreadable(e);
        } finally {
            in.pos = resume;
        }
    }

    // ------------------------------------------------------------------------------------------------ primitives

    private int byteOf(String what) throws BinaryXmlException, IOException {
        if (in.pos == in.end && !in.has(1)) {
            throw error("the document ends before " + what);
        }
        return in.buf[in.pos++] & 0xFF;
    }

    private int peek() throws BinaryXmlException, IOException {
        if (in.pos == in.end && !in.has(1)) {
            throw error("the document ends inside an element");
        }
        return in.buf[in.pos] & 0xFF;
    }

    /** Moves behind the next {@code length} bytes; their position. */
    private int take(int length) throws BinaryXmlException, IOException {
        if (in.end - in.pos < length && !in.has(length)) {
            throw error("a record needs " + length + " bytes, the document ends after " + (in.end - in.pos));
        }
        int at = in.pos;
        in.pos += length;
        return at;
    }

    /** MB31, [MC-NBFX] 2.1.2: seven bits a byte, least significant first, five bytes at most, below 2^31. */
    private int size() throws BinaryXmlException, IOException {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int b = byteOf("the end of a size");
            if (shift == 28 && (b & 0xF8) != 0) {
                throw error("a size or id does not fit into 31 bits");
            }
            value |= (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
    }

    private String string(String what) throws BinaryXmlException, IOException {
        int length = size();
        int at = take(length);
        String text = names.intern(in.buf, at, length);
        if (text == null) {
            throw error("a " + what + " is not well-formed UTF-8");
        }
        return text;
    }

    private String dictionaryString() throws BinaryXmlException, IOException {
        return dictionaryText(size());
    }

    /** The text of an id, even of the static dictionary, odd of the session. */
    String dictionaryText(int id) throws BinaryXmlException {
        String text = (id & 1) == 0 ? dictionary.text(id) : session.text(id);
        if (text == null) {
            throw error(
                    (id & 1) == 0
                            ? "the static dictionary of " + dictionary.size() + " entries has no id " + id
                            : "the session has announced " + session.size() + " strings, id " + id
                                    + " is none of them");
        }
        return text;
    }

    private void skipRest() throws BinaryXmlException {
        while (valueRest > 0) {
            nextSegment();
        }
    }

    // ------------------------------------------------------------------------------------------------ what is there

    int valueType() {
        return valueType;
    }

    int valuePos() {
        return valuePos;
    }

    int valueLength() {
        return valueLength;
    }

    /** Whether the element ends with the current text. */
    boolean valueEndsElement() {
        return valueEnds;
    }

    /** Whether the record after the current text is a text of the same element. */
    boolean textFollows() throws BinaryXmlException {
        if (valueEnds || depth == 0) {
            return false;
        }
        try {
            return KIND[peek()] == KIND_TEXT;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Whether the element ends with or directly after the current text. */
    boolean endFollows() throws BinaryXmlException {
        if (valueEnds || depth == 0) {
            return valueEnds;
        }
        try {
            return peek() == RecordType.END_ELEMENT;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The length of the short Bytes record that follows the current text; 0 if there is none, or it is not here yet. */
    int bytesThatFollow() {
        boolean present = !valueEnds && in.end - in.pos >= 2 && (in.buf[in.pos] & 0xFE) == RecordType.BYTES8;
        return present ? in.buf[in.pos + 1] & 0xFF : 0;
    }

    /**
     * At the start of an item of an array of this (even) type: takes its value and as many of the following ones as are here.
     * {@link #valuePos} is then the place of the first; the reader is as if only the value of the last had been read.
     *
     * @return the number of values; 0 if this is no such item
     */
    int takeItems(int type) throws BinaryXmlException {
        if (!itemOpen || arrayType - 1 != type) {
            return 0;
        }
        try {
            in.release();
            int most = in.isStreamed() ? SEGMENT / arrayItemSize : Integer.MAX_VALUE / arrayItemSize;
            int count = Math.min(arrayLeft + 1, most);
            valueType = type;
            valueLength = count * arrayItemSize;
            valuePos = take(valueLength);
            arrayLeft -= count - 1;
            itemOpen = false;
            valueEnds = true;
            return count;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Items that the current array has after the current one. */
    int itemsLeft() {
        return inArray ? arrayLeft : 0;
    }

    int depth() {
        return depth;
    }

    String prefix() {
        return openPrefixes[depth - 1];
    }

    String localName() {
        return openNames[depth - 1];
    }

    String uri() {
        return openUris[depth - 1];
    }

    int attributeCount() {
        return attributes;
    }

    String attributePrefix(int index) {
        return attributePrefixes[index];
    }

    String attributeName(int index) {
        return attributeNames[index];
    }

    String attributeUri(int index) {
        return attributeUris[index];
    }

    int attributeType(int index) {
        return attributeTypes[index];
    }

    int attributePos(int index) {
        return attributePositions[index];
    }

    int attributeLength(int index) {
        return attributeLengths[index];
    }

    /** In which local times are shown. */
    ZoneId zone() {
        return zone;
    }

    void zone(ZoneId readersZone) {
        zone = readersZone;
    }

    Quotas quotas() {
        return quotas;
    }

    /** Offset in the document of the current record. */
    long offset() {
        return recordOffset;
    }

    // ------------------------------------------------------------------------------------------------ refusals

    BinaryXmlException error(String what) {
        return new BinaryXmlException(what, in.offset(in.pos), path());
    }

    QuotaExceededException quota(String name, int limit, String seen) {
        return new QuotaExceededException(name, limit, seen, in.offset(in.pos), path());
    }

    private BinaryXmlException unreadable(IOException e) {
        BinaryXmlException failure = error("the document cannot be read: " + e.getMessage());
        failure.initCause(e);
        return failure;
    }

    private static String describe(int type) {
        return "record %02X".formatted(type);
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (int k = 0; k < depth; k++) {
            path.append('/');
            if (!openPrefixes[k].isEmpty()) {
                path.append(openPrefixes[k]).append(':');
            }
            path.append(openNames[k]);
        }
        return path.toString();
    }
}
