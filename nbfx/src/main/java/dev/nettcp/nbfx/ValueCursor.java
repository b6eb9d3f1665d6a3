package dev.nettcp.nbfx;

import static dev.nettcp.nbfx.RecordType.CONTENT;
import static dev.nettcp.nbfx.RecordType.KIND;
import static dev.nettcp.nbfx.RecordType.KIND_TEXT;

import java.io.IOException;

/**
 * Text records: what they hold is measured, checked to be there and left where it is. A value is an even record type and a place:
 * its position in the input and its length; of a dictionary text the id, of a qualified name the id and the letter.
 */
abstract class ValueCursor extends RecordInput {
    private static final int SEGMENT = 16 * 1024;

    /** A longer text of a stream is delivered in segments of about this size. */
    private int segment = SEGMENT;

    int valueType;
    int valuePos;
    int valueLength;
    int valueRest; // bytes of a long streamed text that are still to come
    boolean valueEnds; // the current element ends with this text

    int segment() {
        return segment;
    }

    /** At least 16 bytes. */
    void segment(int bytes) {
        segment = bytes;
    }

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

    /** Measures the content of an even text record, checks that it is there and moves behind it. */
    final void readValue(int even, boolean inSegments) throws BinaryXmlException, IOException {
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

    final void counted(int length, boolean inSegments) throws BinaryXmlException, IOException {
        if (length < 0) {
            throw error("a text record of " + length + " bytes");
        }
        if ((length & 1) == 1 && RecordType.isUnicodeChars(valueType)) {
            throw error("UTF-16 text of " + length + " bytes, an odd number");
        }
        if (inSegments && length > segment && in.isStreamed()) {
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
    final void readSegment() throws BinaryXmlException, IOException {
        int length = Math.min(segment, valueRest);
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
    final void readList() throws BinaryXmlException, IOException {
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

    final void skipRest() throws BinaryXmlException {
        while (valueRest > 0) {
            nextSegment();
        }
    }
}
