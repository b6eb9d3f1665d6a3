package dev.nettcp.nbfx;

import static dev.nettcp.nbfx.RecordType.KIND;
import static dev.nettcp.nbfx.RecordType.KIND_ATTRIBUTE;
import static dev.nettcp.nbfx.RecordType.KIND_TEXT;
import static dev.nettcp.nbfx.RecordType.KIND_XMLNS;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.IOException;
import javax.xml.stream.XMLStreamConstants;

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
final class RecordCursor extends TagCursor {
    /** What {@link #next} found, as StAX numbers its events. */
    static final int START = XMLStreamConstants.START_ELEMENT;

    static final int END = XMLStreamConstants.END_ELEMENT;
    static final int TEXT = XMLStreamConstants.CHARACTERS;
    static final int COMMENT = XMLStreamConstants.COMMENT;
    static final int DONE = XMLStreamConstants.END_DOCUMENT;

    private boolean rootSeen;
    private boolean leaving; // the end of the current element has been reported
    private long recordOffset;

    // The array being read: its items still to come after the current one.
    private boolean inArray;
    private boolean itemOpen; // started, its value not yet reported
    private int arrayLeft;
    private int arrayType;
    private int arrayItemSize;

    /** Before a document: the input must have been set already. */
    void reset(StaticDictionary dictionary, SessionReaderDictionary.Snapshot session, Quotas quotas) {
        begin(dictionary, session, quotas);
        clear();
        rootSeen = false;
        leaving = false;
        valueRest = 0;
        valueEnds = false;
        inArray = false;
        itemOpen = false;
        arrayLeft = 0;
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
            int type = in.buf[in.pos++] & 0xFF;
            return KIND[type] == RecordType.KIND_ELEMENT ? startElement(type) : record(type);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int record(int type) throws BinaryXmlException, IOException {
        switch (KIND[type]) {
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
        pop();
        if (inArray && arrayLeft > 0) {
            return; // the next item has the same declarations
        }
        inArray = false;
        in.letGo();
        scope.leave();
        attributes = 0;
    }

    private int startElement(int type) throws BinaryXmlException, IOException {
        if (depth == 0 && rootSeen) {
            throw error("a second root element");
        }
        rootSeen = true;
        startTag(type);
        return START;
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
            reopen();
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

    /**
     * At a start tag: if all that the element has is one text record which ends it, and which is here, this becomes the current
     * text, as by {@link #next}.
     */
    boolean takeOnlyText() throws BinaryXmlException {
        if (inArray || in.isStreamed() || in.pos == in.end) {
            return false;
        }
        int type = in.buf[in.pos] & 0xFF;
        if (KIND[type] != KIND_TEXT || (type & 1) == 0) {
            return false;
        }
        recordOffset = in.offset(in.pos);
        in.pos++;
        try {
            readValue(type & 0xFE, false);
        } catch (IOException e) {
            throw unreadable(e);
        }
        valueEnds = true;
        return true;
    }

    /** After a text that ends its element: the end of the element is reported by this, not by {@link #next}. */
    void endWithText() {
        valueEnds = false;
        leaving = true;
    }

    // ------------------------------------------------------------------------------------------------ what is there

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

    /** How many bytes the Bytes records hold that follow the current text directly and are here already. */
    int bytesThatFollow() {
        int total = 0;
        boolean more = !valueEnds && valueRest == 0;
        for (int at = in.pos; more && at < in.end; ) {
            int type = in.buf[at] & 0xFE;
            int header = type == RecordType.BYTES8 ? 2 : type == RecordType.BYTES16 ? 3 : 5;
            if (!RecordType.isBytes(type) || in.end - at < header) {
                return total;
            }
            int length = switch (type) {
                case RecordType.BYTES8 -> in.buf[at + 1] & 0xFF;
                case RecordType.BYTES16 -> Bytes.getShort(in.buf, at + 1) & 0xFFFF;
                default -> Bytes.getInt(in.buf, at + 1);
            };
            if (length < 0 || length > in.end - at - header) {
                return total;
            }
            total += length;
            more = (in.buf[at] & 1) == 0;
            at += header + length;
        }
        return total;
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
            int most = in.isStreamed() ? segment() / arrayItemSize : Integer.MAX_VALUE / arrayItemSize;
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

    /** Offset in the document of the current record. */
    long offset() {
        return recordOffset;
    }
}
