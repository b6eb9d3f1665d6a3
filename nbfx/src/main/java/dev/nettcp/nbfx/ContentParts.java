package dev.nettcp.nbfx;

import static javax.xml.stream.XMLStreamConstants.CHARACTERS;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import java.io.IOException;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.ri.typed.CharArrayBase64Decoder;
import org.codehaus.stax2.typed.Base64Variant;
import org.codehaus.stax2.typed.Base64Variants;
import org.codehaus.stax2.typed.TypedArrayDecoder;

/**
 * The content of one element as bytes or as a list, whole or in parts. While parts are taken the reader is at CHARACTERS, after
 * the last one at the end tag.
 */
final class ContentParts {
    private static final byte[] NOTHING = new byte[0];

    private final BinaryXmlStreamReader reader;
    private final RecordCursor cursor;
    private byte[] decoded = NOTHING; // bytes of a text in base64 that are to be handed out before the next record
    private int decodedTaken;
    private long decodedAt; // the record the reader was at then; at another one they are forgotten
    private int tokenAt;

    ContentParts(BinaryXmlStreamReader reader) {
        this.reader = reader;
        this.cursor = reader.cursor;
    }

    /** To the beginning of a document: what was left of another one is forgotten. */
    void clear() {
        decoded = NOTHING;
        decodedTaken = 0;
    }

    // ------------------------------------------------------------------------------------------------ bytes

    byte[] wholeBinary(Base64Variant variant) throws XMLStreamException {
        if (!reader.openBytes()) {
            return decode(reader.lexical, variant);
        }
        BytesRun run = new BytesRun(cursor);
        run.add();
        int found = advance();
        while (found != RecordCursor.END) {
            if (RecordType.isBytes(cursor.valueType())) {
                run.add();
                found = advance();
            } else {
                String text = reader.gather(found);
                reader.event = END_ELEMENT;
                run.add(decode(text, variant));
                found = RecordCursor.END;
            }
        }
        reader.event = END_ELEMENT;
        return run.exact();
    }

    /** To the next record of the content that is text, or the next segment, or the end. */
    private int advance() throws BinaryXmlException {
        if (cursor.hasNextSegment()) {
            cursor.nextSegment();
            return RecordCursor.TEXT;
        }
        int found = cursor.next();
        while (found == RecordCursor.COMMENT) {
            found = cursor.next();
        }
        if (found == RecordCursor.START) {
            throw cursor.error("a child element where only binary data was expected");
        }
        return found;
    }

    /**
     * As much as fits. Of a stream, what is there: at the end of a record, or of a segment of one, nothing more is waited for as long as there
     * is something to return.
     */
    int binary(byte[] target, int from, int length, Base64Variant variant) throws XMLStreamException {
        Objects.checkFromIndexSize(from, length, target.length);
        if (reader.event == START_ELEMENT) {
            clear();
            reader.taken = 0;
            reader.event = advance() == RecordCursor.TEXT ? CHARACTERS : END_ELEMENT;
        } else if (reader.event != CHARACTERS) {
            return endOfParts();
        } else if (decodedAt != cursor.offset()) {
            clear();
        }
        int count = 0;
        while (count < length && reader.event == CHARACTERS) {
            count += part(target, from + count, length - count, variant);
            if (count > 0 && isUsedUp()) {
                break;
            }
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    private int endOfParts() {
        if (reader.event != END_ELEMENT) {
            throw new IllegalStateException(
                    "content is read in parts from a start tag on, this is " + EventNames.of(reader.event));
        }
        return -1;
    }

    /** Some bytes of the current record, or the step to the next one. */
    private int part(byte[] target, int from, int length, Base64Variant variant) throws XMLStreamException {
        if (decodedTaken < decoded.length) {
            int count = Math.min(length, decoded.length - decodedTaken);
            System.arraycopy(decoded, decodedTaken, target, from, count);
            decodedTaken += count;
            endIfTaken();
            return count;
        }
        if (RecordType.isBytes(cursor.valueType())) {
            int count = Math.min(length, cursor.valueLength() - reader.taken);
            System.arraycopy(cursor.in.buf, cursor.valuePos() + reader.taken, target, from, count);
            reader.taken += count;
            if (reader.taken == cursor.valueLength() && (count == 0 || !wouldWait())) {
                step(advance());
            }
            return count;
        }
        StringBuilder text = new StringBuilder();
        int found;
        do {
            text.append(reader.value());
            found = advance();
        } while (found == RecordCursor.TEXT && !RecordType.isBytes(cursor.valueType()));
        decoded = decode(text.toString(), variant);
        decodedAt = cursor.offset();
        int count = Math.min(length, decoded.length);
        System.arraycopy(decoded, 0, target, from, count);
        decodedTaken = count;
        reader.taken = 0;
        if (found == RecordCursor.END) {
            reader.partsOf(text.toString());
            endIfTaken();
        }
        return count;
    }

    /** Whether all of the current bytes has been handed out, and the next were not there. */
    private boolean isUsedUp() {
        return reader.event == CHARACTERS
                && RecordType.isBytes(cursor.valueType())
                && reader.taken == cursor.valueLength();
    }

    private boolean wouldWait() throws BinaryXmlException {
        try {
            return cursor.in.wouldWait();
        } catch (IOException e) {
            throw cursor.unreadable(e);
        }
    }

    private void endIfTaken() throws XMLStreamException {
        if (reader.endPending && decodedTaken == decoded.length) {
            reader.next();
        }
    }

    private void step(int found) {
        reader.taken = 0;
        if (found == RecordCursor.END) {
            reader.event = END_ELEMENT;
        }
    }

    byte[] decode(String text, Base64Variant variant) throws XMLStreamException {
        int most = cursor.quotas().maxArrayLength();
        if (text.length() / 4 * 3L > most + 2L) {
            throw cursor.quota("MaxArrayLength", most, "base64 of " + text.length() + " characters");
        }
        byte[] bytes;
        try {
            bytes = variant == Base64Variants.MODIFIED_FOR_URL
                    ? decodeFully(text, variant)
                    : LexicalParser.parseBase64(text);
        } catch (IllegalArgumentException e) {
            throw reader.isNo("base64", e);
        }
        if (bytes.length > most) {
            throw cursor.quota("MaxArrayLength", most, "base64 of " + bytes.length + " bytes");
        }
        return bytes;
    }

    private static byte[] decodeFully(String text, Base64Variant variant) {
        CharArrayBase64Decoder decoder = new CharArrayBase64Decoder();
        char[] chars = text.toCharArray();
        decoder.init(variant, true, chars, 0, chars.length, null);
        return decoder.decodeCompletely();
    }

    // ------------------------------------------------------------------------------------------------ lists

    int list(TypedArrayDecoder decoder) throws XMLStreamException {
        if (reader.event == START_ELEMENT) {
            reader.partsOf(reader.getElementText());
        } else if (reader.event != CHARACTERS) {
            return endOfParts();
        }
        tokenAt = reader.taken;
        int count = tokens(reader.getText(), decoder);
        reader.taken = tokenAt;
        if (count < 0) {
            reader.next();
        }
        return count;
    }

    /** Items from the current place on, as many as the decoder takes; -1 if there are none any more. */
    int tokens(String text, TypedArrayDecoder decoder) throws XMLStreamException {
        int count = 0;
        while (decoder.hasRoom()) {
            while (tokenAt < text.length() && text.charAt(tokenAt) <= ' ') {
                tokenAt++;
            }
            int start = tokenAt;
            while (tokenAt < text.length() && text.charAt(tokenAt) > ' ') {
                tokenAt++;
            }
            if (tokenAt == start) {
                break;
            }
            count++;
            try {
                decoder.decodeValue(text.substring(start, tokenAt));
            } catch (IllegalArgumentException e) {
                throw reader.isNo("list of values of the type asked for", e);
            }
        }
        return count == 0 ? -1 : count;
    }
}
