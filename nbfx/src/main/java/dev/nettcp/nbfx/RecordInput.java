package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What records are made of: bytes, sizes, strings and ids of the two dictionaries; and how their absence is told. */
abstract class RecordInput {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    final Input in = new Input();
    private final NameTable names = new NameTable();
    private StaticDictionary dictionary = StaticDictionary.NBFS;
    private SessionReaderDictionary.Snapshot session = SessionReaderDictionary.Snapshot.NONE;
    private Quotas quotas = Quotas.BUFFERED;
    private @Nullable ZoneId zone; // that of the JVM if none was set

    final void begin(StaticDictionary withDictionary, SessionReaderDictionary.Snapshot withSession, Quotas withQuotas) {
        dictionary = withDictionary;
        session = withSession;
        quotas = withQuotas;
        names.trim();
    }

    /** How many inline names are kept for the next document. */
    final int namesKept() {
        return names.size();
    }

    /** In which local times are shown. */
    ZoneId zone() {
        return zone == null ? ZoneId.systemDefault() : zone;
    }

    void zone(ZoneId readersZone) {
        zone = readersZone;
    }

    Quotas quotas() {
        return quotas;
    }

    final int byteOf(String what) throws BinaryXmlException, IOException {
        if (in.pos == in.end && !in.has(1)) {
            throw error("the document ends before " + what);
        }
        return in.buf[in.pos++] & 0xFF;
    }

    final int peek() throws BinaryXmlException, IOException {
        if (in.pos == in.end && !in.has(1)) {
            throw error("the document ends inside an element");
        }
        return in.buf[in.pos] & 0xFF;
    }

    /** Moves behind the next {@code length} bytes; their position. */
    final int take(int length) throws BinaryXmlException, IOException {
        if (in.end - in.pos < length && !in.has(length)) {
            throw error("a record needs " + length + " bytes, the document ends after " + (in.end - in.pos));
        }
        int at = in.pos;
        in.pos += length;
        return at;
    }

    /** MB31, [MC-NBFX] 2.1.2: seven bits a byte, least significant first, five bytes at most, below 2^31. */
    final int size() throws BinaryXmlException, IOException {
        if (in.pos < in.end && in.buf[in.pos] >= 0) {
            return in.buf[in.pos++];
        }
        return longSize();
    }

    private int longSize() throws BinaryXmlException, IOException {
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

    final String string(String what) throws BinaryXmlException, IOException {
        int length = size();
        int at = take(length);
        String text = names.intern(in.buf, at, length);
        if (text == null) {
            throw error("a " + what + " is not well-formed UTF-8");
        }
        return text;
    }

    final String dictionaryString() throws BinaryXmlException, IOException {
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

    // ------------------------------------------------------------------------------------------------ refusals

    BinaryXmlException error(String what) {
        return new BinaryXmlException(what, in.offset(in.pos), path());
    }

    QuotaExceededException quota(String name, int limit, String seen) {
        return new QuotaExceededException(name, limit, seen, in.offset(in.pos), path());
    }

    final BinaryXmlException unreadable(IOException e) {
        BinaryXmlException failure = error("the document cannot be read: " + e.getMessage());
        failure.initCause(e);
        return failure;
    }

    static String describe(int type) {
        return "record " + HEX.toHexDigits((byte) type);
    }

    /** The elements open here, as {@code /s:Envelope/s:Body}. */
    abstract String path();
}
