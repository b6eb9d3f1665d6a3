package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Writes records, [MC-NBFX] 2.2, each the way .NET's writer does; knows nothing of namespaces or of what may follow what.
 *
 * <p><b>End tags.</b> .NET's writer turns the text written last into the form that ends its element (type byte plus one) if it
 * is still in an internal buffer of 512 bytes, and writes a separate record otherwise. Here everything stays in one array, so the
 * internal buffer is only a position, {@link #window}: its border moves exactly when .NET would flush.
 */
final class RecordWriter {
    private static final int WINDOW = 512;
    private static final int BYTES_PER_CHAR = 3;
    private static final int CHARS_PER_CHUNK = WINDOW / BYTES_PER_CHAR;
    private static final int SHORT_TEXT = 255 / BYTES_PER_CHAR;
    private static final int SHORT_NAME = 128 / BYTES_PER_CHAR;
    private static final int DRAIN = 8 * 1024;
    private static final int MOST_KEPT = 1024 * 1024;
    private static final BigInteger MAX_MAGNITUDE = BigInteger.ONE.shiftLeft(96);

    private byte[] buf = new byte[1024];
    private int start;
    private int pos;
    private int window; // where the 512 bytes that .NET has not flushed yet begin
    private int lastText = -1; // type byte of a text that may still be turned into the form that ends its element
    private @Nullable OutputStream out;
    private StaticDictionary dictionary = StaticDictionary.NBFS;
    private @Nullable SessionWriterDictionary session;
    private boolean offerNames;

    void reset(
            StaticDictionary withDictionary,
            @Nullable SessionWriterDictionary withSession,
            @Nullable OutputStream to,
            int room) {
        dictionary = withDictionary;
        session = withSession;
        out = to;
        if (buf.length > MOST_KEPT) {
            buf = new byte[1024];
        }
        start = room;
        pos = room;
        window = room;
        lastText = -1;
        offerNames = false;
        ensure(0);
    }

    // ------------------------------------------------------------------------------------------------ the array

    byte[] array() {
        return buf;
    }

    int start() {
        return start;
    }

    int end() {
        return pos;
    }

    /** Makes room for a table in front of the document; where it begins. */
    int prepend(int size, int room) {
        if (start - size < room) {
            int shift = size + room - start;
            ensure(shift);
            System.arraycopy(buf, start, buf, start + shift, pos - start);
            start += shift;
            pos += shift;
        }
        start -= size;
        return start;
    }

    private void ensure(int more) {
        if (buf.length - pos < more) {
            long wanted = Math.max(2L * buf.length, (long) pos + more);
            buf = Arrays.copyOf(buf, (int) Math.min(wanted, Integer.MAX_VALUE - 8L));
        }
    }

    /** Room for {@code size} bytes in one piece, as .NET asks its internal buffer for it. */
    private void reserve(int size) throws XMLStreamException {
        if (pos - window + size > WINDOW) {
            slide();
        }
        ensure(size);
    }

    private void slide() throws XMLStreamException {
        window = pos;
        lastText = -1;
        if (out != null && pos > DRAIN) {
            drain();
        }
    }

    private void drain() throws XMLStreamException {
        if (out != null) {
            send(out, buf, start, pos - start);
            pos = start;
            window = start;
        }
    }

    private static void send(OutputStream to, byte[] bytes, int offset, int length) throws XMLStreamException {
        try {
            to.write(bytes, offset, length);
        } catch (IOException e) {
            throw new XMLStreamException(e);
        }
    }

    /** Nothing written so far can be changed any more. */
    void flush() throws XMLStreamException {
        slide();
        if (out != null) {
            drain();
            try {
                out.flush();
            } catch (IOException e) {
                throw new XMLStreamException(e);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ structure

    private void node(int type) throws XMLStreamException {
        reserve(1);
        buf[pos++] = (byte) type;
        lastText = -1;
    }

    void endElement() throws XMLStreamException {
        if (lastText >= 0) {
            buf[lastText]++;
            lastText = -1;
        } else {
            node(RecordType.END_ELEMENT);
        }
    }

    void comment(String text) throws XMLStreamException {
        node(RecordType.COMMENT);
        string(text);
    }

    void startElement(String prefix, String name, @Nullable DictionaryString nameEntry) throws XMLStreamException {
        named(
                prefix,
                name,
                nameId(name, nameEntry),
                RecordType.SHORT_ELEMENT,
                RecordType.PREFIX_ELEMENT_A,
                RecordType.PREFIX_DICTIONARY_ELEMENT_A);
    }

    void startAttribute(String prefix, String name, @Nullable DictionaryString nameEntry) throws XMLStreamException {
        named(
                prefix,
                name,
                nameId(name, nameEntry),
                RecordType.SHORT_ATTRIBUTE,
                RecordType.PREFIX_ATTRIBUTE_A,
                RecordType.PREFIX_DICTIONARY_ATTRIBUTE_A);
    }

    void endAttribute() {
        lastText = -1;
    }

    /** The four forms of a name follow each other: short, with prefix, short by id, with prefix by id. */
    private void named(String prefix, String name, int id, int first, int letterInline, int letterById)
            throws XMLStreamException {
        int byId = id >= 0 ? 2 : 0;
        if (prefix.isEmpty()) {
            node(first + byId);
        } else if (isLetter(prefix)) {
            node((id >= 0 ? letterById : letterInline) + prefix.charAt(0) - 'a');
        } else {
            node(first + 1 + byId);
            string(prefix);
        }
        name(name, id);
    }

    static boolean isLetter(String prefix) {
        return prefix.length() == 1 && prefix.charAt(0) >= 'a' && prefix.charAt(0) <= 'z';
    }

    void xmlns(String prefix, String uri, @Nullable DictionaryString uriEntry) throws XMLStreamException {
        int id = nameId(uri, uriEntry);
        int byId = id >= 0 ? 2 : 0;
        if (prefix.isEmpty()) {
            node(RecordType.SHORT_XMLNS_ATTRIBUTE + byId);
        } else {
            node(RecordType.XMLNS_ATTRIBUTE + byId);
            string(prefix);
        }
        name(uri, id);
    }

    private void name(String text, int id) throws XMLStreamException {
        if (id >= 0) {
            size(id);
        } else {
            string(text);
        }
    }

    private int nameId(String name, @Nullable DictionaryString entry) {
        if (entry == null && offerNames && session != null && !name.isEmpty()) {
            return session.idOf(name);
        }
        return id(entry);
    }

    /** Whether plain names and namespaces may go into the table of the session too. */
    boolean offerNames(boolean offer) {
        boolean before = offerNames;
        offerNames = offer;
        return before;
    }

    /** The id under which an entry goes out; -1: inline. */
    int id(@Nullable DictionaryString entry) {
        if (entry == null) {
            return -1;
        }
        int id = entry.idIn(dictionary);
        return id >= 0 || session == null ? id : session.idOf(entry.text());
    }

    void startArray() throws XMLStreamException {
        node(RecordType.ARRAY);
    }

    /** After the element of an array: its end, the type of the values and their number. */
    void arrayHeader(int evenType, int count) throws XMLStreamException {
        node(RecordType.END_ELEMENT);
        node(evenType + 1);
        size(count);
    }

    /** Room for the values of an array; where they begin. They are never turned into a form that ends an element. */
    int raw(int size) throws XMLStreamException {
        ensure(size);
        int at = pos;
        pos += size;
        window = pos;
        lastText = -1;
        return at;
    }

    void startList() throws XMLStreamException {
        node(RecordType.START_LIST);
    }

    void endList() throws XMLStreamException {
        node(RecordType.END_LIST);
    }

    // ------------------------------------------------------------------------------------------------ texts

    /** Begins a text record with {@code size} bytes of content; where the content goes. */
    private int textNode(int type, int size) throws XMLStreamException {
        reserve(1 + size);
        lastText = pos;
        buf[pos++] = (byte) type;
        int at = pos;
        pos += size;
        return at;
    }

    void empty() throws XMLStreamException {
        textNode(RecordType.EMPTY, 0);
    }

    void bool(boolean value) throws XMLStreamException {
        textNode(value ? RecordType.TRUE : RecordType.FALSE, 0);
    }

    void integer(long value) throws XMLStreamException {
        if (value == 0 || value == 1) {
            textNode(value == 0 ? RecordType.ZERO : RecordType.ONE, 0);
        } else if (value == (byte) value) {
            int at = textNode(RecordType.INT8, 1);
            buf[at] = (byte) value;
        } else if (value == (short) value) {
            int at = textNode(RecordType.INT16, 2);
            Bytes.putShort(buf, at, (short) value);
        } else if (value == (int) value) {
            int at = textNode(RecordType.INT32, 4);
            Bytes.putInt(buf, at, (int) value);
        } else {
            long64(RecordType.INT64, value);
        }
    }

    void unsigned(long value) throws XMLStreamException {
        if (value >= 0) {
            integer(value);
        } else {
            long64(RecordType.UINT64, value);
        }
    }

    private void long64(int type, long bits) throws XMLStreamException {
        int at = textNode(type, 8);
        Bytes.putLong(buf, at, bits);
    }

    /** A float with the value of a 16-bit integer is written as that integer; negative zero loses its sign. */
    void float32(float value) throws XMLStreamException {
        if (value == (short) value) {
            integer((short) value);
        } else {
            int at = textNode(RecordType.FLOAT, 4);
            Bytes.putInt(buf, at, Float.floatToRawIntBits(value));
        }
    }

    /** A double that a float can hold exactly is written as that float. */
    void float64(double value) throws XMLStreamException {
        if ((float) value == value) {
            float32((float) value);
        } else {
            long64(RecordType.DOUBLE, Double.doubleToRawLongBits(value));
        }
    }

    void decimal(BigDecimal value) throws XMLStreamException {
        int at = textNode(RecordType.DECIMAL, 16);
        putDecimal(buf, at, value);
    }

    /** The same number with its zeros before the point written out, if they are not too many for a decimal. */
    static BigDecimal withoutNegativeScale(BigDecimal value) {
        return value.scale() < 0 && (long) value.precision() - value.scale() < 30 ? value.setScale(0) : value;
    }

    static boolean isDecimal(BigDecimal value) {
        return value.scale() >= 0
                && value.scale() <= 28
                && value.unscaledValue().abs().compareTo(MAX_MAGNITUDE) < 0;
    }

    static void putDecimal(byte[] to, int at, BigDecimal value) {
        BigInteger magnitude = value.unscaledValue().abs();
        Bytes.putShort(to, at, (short) 0);
        to[at + 2] = (byte) value.scale();
        to[at + 3] = (byte) (value.signum() < 0 ? 0x80 : 0);
        Bytes.putInt(to, at + 4, magnitude.shiftRight(64).intValue());
        Bytes.putLong(to, at + 8, magnitude.longValue());
    }

    void dateTime(long bits) throws XMLStreamException {
        long64(RecordType.DATE_TIME, bits);
    }

    void timeSpan(long ticks) throws XMLStreamException {
        long64(RecordType.TIME_SPAN, ticks);
    }

    void uuid(UUID value) throws XMLStreamException {
        int at = textNode(RecordType.UUID, 16);
        Bytes.putUuid(buf, at, value);
    }

    void uniqueId(UUID value) throws XMLStreamException {
        int at = textNode(RecordType.UNIQUE_ID, 16);
        Bytes.putUuid(buf, at, value);
    }

    /** False if the entry has no id: it is then written as a plain text. */
    boolean dictionaryText(DictionaryString entry) throws XMLStreamException {
        int id = id(entry);
        if (id < 0) {
            return false;
        }
        textNode(RecordType.DICTIONARY, 0);
        size(id);
        return true;
    }

    boolean qualifiedName(String prefix, DictionaryString entry) throws XMLStreamException {
        int id = id(entry);
        if (id < 0 || !isLetter(prefix)) {
            return false;
        }
        int at = textNode(RecordType.QNAME_DICTIONARY, 1);
        buf[at] = (byte) (prefix.charAt(0) - 'a');
        size(id);
        return true;
    }

    /** A text of at least one character. UTF-16 where it saves enough, as in .NET. */
    void text(String text) throws XMLStreamException {
        int units = text.length();
        if (units == 1 && (text.charAt(0) == '0' || text.charAt(0) == '1')) {
            textNode(text.charAt(0) == '0' ? RecordType.ZERO : RecordType.ONE, 0);
        } else if (units <= SHORT_TEXT) {
            shortText(text, units);
        } else {
            longText(text, units);
        }
    }

    private void shortText(String text, int units) throws XMLStreamException {
        reserve(2 + BYTES_PER_CHAR * units);
        int length = Utf8Encoder.encode(text, 0, units, buf, pos + 2);
        lastText = pos;
        if (length / 2 > units) {
            buf[pos] = (byte) RecordType.UNICODE_CHARS8;
            length = 2 * units;
            Utf8Encoder.encodeUtf16(text, 0, units, buf, pos + 2);
        } else {
            buf[pos] = (byte) RecordType.CHARS8;
        }
        buf[pos + 1] = (byte) length;
        pos += 2 + length;
    }

    private void longText(String text, int units) throws XMLStreamException {
        long length = Utf8Encoder.length(text);
        boolean utf16 = length / 2 > units;
        counted(utf16 ? RecordType.UNICODE_CHARS8 : RecordType.CHARS8, utf16 ? 2L * units : length);
        int chunk = utf16 ? WINDOW / 2 : CHARS_PER_CHUNK;
        for (int at = 0; at < units; ) {
            int next = Math.min(units, at + chunk);
            if (!utf16 && next < units && Character.isHighSurrogate(text.charAt(next - 1))) {
                next--;
            }
            reserve((utf16 ? 2 : BYTES_PER_CHAR) * (next - at));
            pos += utf16
                    ? Utf8Encoder.encodeUtf16(text, at, next, buf, pos)
                    : Utf8Encoder.encode(text, at, next, buf, pos);
            at = next;
        }
    }

    /** The beginning of a record with its length in 8, 16 or 32 bits; its three types follow each other. */
    private void counted(int type, long length) throws XMLStreamException {
        if (length > Integer.MAX_VALUE) {
            throw new XMLStreamException("a text of " + length + " bytes; a record holds at most " + Integer.MAX_VALUE);
        }
        int header = length < 1 << 8 ? 2 : length < 1 << 16 ? 3 : 5;
        reserve(header);
        lastText = pos;
        if (header == 2) {
            buf[pos] = (byte) type;
            buf[pos + 1] = (byte) length;
        } else if (header == 3) {
            buf[pos] = (byte) (type + 2);
            Bytes.putShort(buf, pos + 1, (short) length);
        } else {
            buf[pos] = (byte) (type + 4);
            Bytes.putInt(buf, pos + 1, (int) length);
        }
        pos += header;
    }

    /** One Bytes record out of what an earlier call left over and of new bytes. */
    void bytes(byte[] head, int headLength, byte[] data, int offset, int length) throws XMLStreamException {
        counted(RecordType.BYTES8, (long) headLength + length);
        copy(head, 0, headLength);
        copy(data, offset, length);
    }

    private void copy(byte[] data, int offset, int length) throws XMLStreamException {
        if (length < WINDOW) {
            reserve(length);
            System.arraycopy(data, offset, buf, pos, length);
            pos += length;
            return;
        }
        slide();
        if (out != null) {
            drain();
            send(out, data, offset, length);
        } else {
            int at = raw(length); // may replace the array
            System.arraycopy(data, offset, buf, at, length);
        }
    }

    // ------------------------------------------------------------------------------------------------ primitives

    private void string(String text) throws XMLStreamException {
        int units = text.length();
        if (units == 0) {
            reserve(1);
            buf[pos++] = 0;
        } else if (units < SHORT_NAME) {
            reserve(1 + BYTES_PER_CHAR * units);
            int length = Utf8Encoder.encode(text, 0, units, buf, pos + 1);
            buf[pos] = (byte) length;
            pos += 1 + length;
        } else {
            long length = Utf8Encoder.length(text);
            if (length > Integer.MAX_VALUE) {
                throw new XMLStreamException("a name or comment of " + length + " bytes");
            }
            size((int) length);
            for (int at = 0; at < units; ) {
                int next = Math.min(units, at + CHARS_PER_CHUNK);
                if (next < units && Character.isHighSurrogate(text.charAt(next - 1))) {
                    next--;
                }
                reserve(BYTES_PER_CHAR * (next - at));
                pos += Utf8Encoder.encode(text, at, next, buf, pos);
                at = next;
            }
        }
    }

    private void size(int value) throws XMLStreamException {
        reserve(5);
        int rest = value;
        while (rest > 0x7F) {
            buf[pos++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buf[pos++] = (byte) rest;
    }
}
