package dev.nettcp.nbfx;

import java.util.Base64;
import java.util.NoSuchElementException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.jvnet.staxex.Base64Data;

/** Events and their text: the cursor's records as StAX and stax-ex want to see them. */
abstract class EventReader extends NameReader {
    private static final byte[] NOTHING = new byte[0];

    String lexical = ""; // content of an element that was not a single record
    int taken; // bytes or characters of the current text that have been handed out already
    boolean endPending; // the end tag comes next, although the cursor is there already
    private @Nullable String text; // of the current event, once it has been asked for
    private @Nullable Base64Data binary; // the same, if it was asked for as bytes

    /** To the beginning of a document. */
    final void begin() {
        event = START_DOCUMENT;
        text = null;
        binary = null;
        taken = 0;
        endPending = false;
    }

    /** A content that was read whole is handed out in parts: as one CHARACTERS event before the end tag. */
    final void partsOf(String whole) {
        event = CHARACTERS;
        text = whole;
        taken = 0;
        endPending = true;
    }

    // ------------------------------------------------------------------------------------------------ events

    @Override
    public int next() throws XMLStreamException {
        if (event == END_DOCUMENT) {
            throw new NoSuchElementException("the document has ended");
        }
        taken = 0;
        if (endPending) {
            endPending = false;
            text = null;
            event = END_ELEMENT;
            return event;
        }
        int found = cursor.next();
        if (event == CHARACTERS) {
            while (found == RecordCursor.TEXT) {
                found = cursor.next();
            }
        }
        text = null;
        binary = null;
        event = found == RecordCursor.TEXT && cursor.depth() == 0 ? SPACE : found;
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
        if ((localName != null || namespaceUri != null) && !hasName()) {
            throw cursor.error("expected a name, but " + EventNames.of(event) + " has none");
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
        cursor.in.reset(NOTHING, 0, 0);
        event = END_DOCUMENT;
        text = null;
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
        Base64Data bytes = binary;
        if (bytes != null) {
            return bytes.toString();
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
    final boolean moreText() throws BinaryXmlException {
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

    final String value() throws BinaryXmlException {
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

    /** The text; of binary data the bytes, as {@link Base64Data}. Bounded by MaxStringContentLength and MaxArrayLength. */
    @Override
    public CharSequence getPCDATA() throws XMLStreamException {
        if (event != CHARACTERS || text != null || binary != null || !RecordType.isBytes(cursor.valueType())) {
            Base64Data known = binary;
            if (known != null) {
                return known;
            }
            String whole = getText();
            checkLength(whole.length());
            return whole;
        }
        BytesRun run = new BytesRun(cursor);
        boolean more = true;
        while (more && RecordType.isBytes(cursor.valueType())) {
            run.add();
            more = moreText();
        }
        byte[] bytes = run.exact();
        if (more) { // text after bytes
            StringBuilder all = new StringBuilder(Base64.getEncoder().encodeToString(bytes));
            do {
                all.append(value());
                checkLength(all.length());
            } while (moreText());
            text = all.toString();
            return all;
        }
        Base64Data data = new Base64Data();
        data.set(bytes, bytes.length, null);
        binary = data;
        return data;
    }

    /** The text of an element without child elements; leaves the reader at its end tag. */
    @Override
    public String getElementText() throws XMLStreamException {
        return openValue() ? closeValue(boundedValue()) : lexical;
    }

    private String boundedValue() throws BinaryXmlException {
        String whole = value();
        checkLength(whole.length());
        return whole;
    }

    final void checkLength(int length) throws QuotaExceededException {
        int most = cursor.quotas().maxStringContentLength();
        if (length > most) {
            throw cursor.quota("MaxStringContentLength", most, "a text of at least " + length + " characters");
        }
    }

    /**
     * From a start tag to the content. True: it is a single record, which is the cursor's value, to be followed by {@link
     * #closeValue}. False: it was anything else, its text is in {@link #lexical}, and the reader stands at the end tag.
     */
    final boolean openValue() throws XMLStreamException {
        if (event == START_ELEMENT && cursor.takeOnlyText()) {
            text = null;
            binary = null;
            return true;
        }
        int found = openContent();
        if (found == RecordCursor.TEXT && !cursor.hasNextSegment() && cursor.endFollows()) {
            return true;
        }
        lexical = gather(found);
        event = END_ELEMENT;
        return false;
    }

    /**
     * From a start tag to the content. True: it begins with bytes, which are the cursor's value. False: it does not, its text is
     * in {@link #lexical}, and the reader stands at the end tag.
     */
    final boolean openBytes() throws XMLStreamException {
        int found = openContent();
        if (found == RecordCursor.TEXT && RecordType.isBytes(cursor.valueType())) {
            return true;
        }
        lexical = gather(found);
        event = END_ELEMENT;
        return false;
    }

    private int openContent() throws XMLStreamException {
        if (event != START_ELEMENT) {
            throw cursor.error("expected START_ELEMENT, found " + EventNames.of(event));
        }
        text = null;
        binary = null;
        int found = cursor.next();
        while (found == RecordCursor.COMMENT) {
            found = cursor.next();
        }
        return found;
    }

    /** Goes on to the end tag after the only record of an element. */
    final <T> T closeValue(T value) throws BinaryXmlException {
        closeValue();
        return value;
    }

    final void closeValue() throws BinaryXmlException {
        if (cursor.valueEndsElement()) {
            cursor.endWithText();
        } else {
            cursor.next();
        }
        event = END_ELEMENT;
    }

    final String gather(int first) throws BinaryXmlException {
        StringBuilder all = new StringBuilder();
        for (int found = first; found != RecordCursor.END; found = cursor.next()) {
            if (found == RecordCursor.TEXT) {
                do {
                    all.append(value());
                    checkLength(all.length());
                } while (moreText());
            } else if (found != RecordCursor.COMMENT) {
                throw cursor.error("a child element where only text was expected");
            }
        }
        return all.toString();
    }

    @Override
    public String getElementTextTrim() throws XMLStreamException {
        return getElementText().trim();
    }
}
