package dev.nettcp.nbfx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that are written, and what records are made of: type bytes, sizes, strings.
 *
 * <p><b>End tags.</b> .NET's writer turns the text written last into the form that ends its element (type byte plus one) if it
 * is still in an internal buffer of 512 bytes, and writes a separate record otherwise. Here everything stays in one array, so the
 * internal buffer is only a position, {@link #window}: its border moves exactly when .NET would flush.
 */
abstract class RecordOutput {
    static final int WINDOW = 512;
    static final int BYTES_PER_CHAR = 3;
    static final int CHARS_PER_CHUNK = WINDOW / BYTES_PER_CHAR;
    private static final int SHORT_NAME = 128 / BYTES_PER_CHAR;
    private static final int MOST_SIZE = 5;
    private static final int DRAIN = 8 * 1024;
    private static final int MOST_KEPT = 1024 * 1024;

    byte[] buf = new byte[1024];
    int pos;
    private int start;
    private int window; // where the 512 bytes that .NET has not flushed yet begin
    private int limit; // up to here it may be written without asking: the end of the window or of the array
    private int lastText = -1; // type byte of a text that may still be turned into the form that ends its element
    private @Nullable OutputStream out;

    /** To the beginning of a document, which leaves that much room in front of it. */
    final void reset(@Nullable OutputStream to, int room) {
        out = to;
        if (buf.length > MOST_KEPT) {
            buf = new byte[1024];
        }
        start = room;
        pos = room;
        moveWindow();
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

    /** Makes room for a table in front of the document, which has ended; where it begins. */
    int prepend(int size, int room) {
        if (start - size < room) {
            int shift = size + room - start;
            ensure(shift);
            System.arraycopy(buf, start, buf, start + shift, pos - start);
            start += shift;
            pos += shift;
            moveWindow();
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

    /** Nothing before the current position can be changed any more. */
    private void moveWindow() {
        window = pos;
        lastText = -1;
        limit = Math.min(window + WINDOW, buf.length);
    }

    /** Room for {@code size} bytes in one piece, as .NET asks its internal buffer for it. */
    final void reserve(int size) throws XMLStreamException {
        if (limit - pos < size) {
            makeRoom(size);
        }
    }

    private void makeRoom(int size) throws XMLStreamException {
        if (pos - window + size > WINDOW) {
            slide();
        }
        ensure(size);
        limit = Math.min(window + WINDOW, buf.length);
    }

    final void slide() throws XMLStreamException {
        moveWindow();
        if (out != null && pos > DRAIN) {
            drain();
        }
    }

    private void drain() throws XMLStreamException {
        if (out != null) {
            send(out, buf, start, pos - start);
            pos = start;
            moveWindow();
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

    /** Room for {@code size} bytes that are not part of the window; where they begin. */
    final int raw(int size) {
        ensure(size);
        int at = pos;
        pos += size;
        moveWindow();
        return at;
    }

    final void copy(byte[] data, int offset, int length) throws XMLStreamException {
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

    // ------------------------------------------------------------------------------------------------ parts of records

    /** The type byte of a record that is no text. */
    final void node(int type) throws XMLStreamException {
        reserve(1);
        buf[pos++] = (byte) type;
        lastText = -1;
    }

    /** A type byte and an id, which is what most of a document consists of. */
    final void node(int type, int id) throws XMLStreamException {
        if (id < 0x80 && limit - pos >= 1 + MOST_SIZE) {
            buf[pos] = (byte) type;
            buf[pos + 1] = (byte) id;
            pos += 2;
            lastText = -1;
        } else {
            node(type);
            size(id);
        }
    }

    /** The type byte of a text, for which room has been reserved. */
    final void textType(int type) {
        lastText = pos;
        buf[pos++] = (byte) type;
    }

    /** The text written last stays as it is. */
    final void fixText() {
        lastText = -1;
    }

    /** The end of an element, by the text before it if that can still be changed. */
    final void endElement() throws XMLStreamException {
        if (lastText >= 0) {
            buf[lastText]++;
            lastText = -1;
        } else {
            node(RecordType.END_ELEMENT);
        }
    }

    final void string(String text) throws XMLStreamException {
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

    final void size(int value) throws XMLStreamException {
        reserve(MOST_SIZE);
        int rest = value;
        while (rest > 0x7F) {
            buf[pos++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buf[pos++] = (byte) rest;
    }
}
