package dev.nettcp.nbfx.dictionary;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.nbfx.BinaryXmlException;
import dev.nettcp.nbfx.QuotaExceededException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The strings one side of a session has announced so far, [MC-NBFSE] 2.1: every envelope begins with the table of its new
 * strings.
 *
 * <pre>
 *   size of the table in bytes (MB31)  { length (MB31), UTF-8 }*  document
 * </pre>
 *
 * <p>One per session and direction. Tables must be read in the order of the messages, by one thread at a time; a document may
 * be read later and elsewhere, through the {@link #snapshot()} taken after its table.
 */
public final class SessionReaderDictionary {
    /** The limit of a .NET peer that does not configure another: 2048 bytes of tables per session and direction. */
    public static final int DEFAULT_MAX_SESSION_SIZE = 2048;

    private static final String[] EMPTY = new String[0];

    private final int maxSessionSize;
    private int used;
    private boolean broken;
    private String[] texts = EMPTY;
    private int count;

    public SessionReaderDictionary() {
        this(DEFAULT_MAX_SESSION_SIZE);
    }

    /** @param maxSessionSize bytes that all tables of the session may have together, without their sizes */
    public SessionReaderDictionary(int maxSessionSize) {
        if (maxSessionSize < 0) {
            throw new IllegalArgumentException("maxSessionSize must not be negative: " + maxSessionSize);
        }
        this.maxSessionSize = maxSessionSize;
    }

    /**
     * Reads the table in front of an envelope and leaves {@code payload} at the first byte of the document.
     *
     * @throws QuotaExceededException if the tables of the session outgrow MaxSessionSize
     * @throws BinaryXmlException if the table is malformed; this and every later message of the session is then refused,
     *     because from here on the numbers would mean something else than the sender thinks
     */
    public void readTable(ByteBuffer payload) throws BinaryXmlException {
        if (broken) {
            throw new BinaryXmlException(
                    "an earlier string table of this session was malformed: no further message can be understood",
                    0,
                    "");
        }
        broken = true;
        int start = payload.position();
        int size = readSize(payload, payload.limit(), start);
        if (size > maxSessionSize - used) {
            throw new QuotaExceededException(
                    "MaxSessionSize",
                    maxSessionSize,
                    "string table of " + size + " bytes after " + used + " bytes of earlier tables of this session",
                    payload.position() - start,
                    "");
        }
        if (size > payload.remaining()) {
            throw malformed(
                    "a table of " + size + " bytes is announced, " + payload.remaining() + " follow", payload, start);
        }
        int end = payload.position() + size;
        while (payload.position() < end) {
            int length = readSize(payload, end, start);
            if (length > end - payload.position()) {
                throw malformed("a string of " + length + " bytes runs past the end of the table", payload, start);
            }
            add(payload, length);
        }
        used += size;
        broken = false;
    }

    private void add(ByteBuffer payload, int length) {
        byte[] bytes = new byte[length];
        payload.get(bytes);
        if (count == texts.length) {
            texts = Arrays.copyOf(texts, Math.max(16, 2 * count));
        }
        texts[count++] = new String(bytes, UTF_8).intern();
    }

    /** [MC-NBFX] 2.1.1: seven bits a byte, least significant first, five bytes at most, below 2^31. */
    private static int readSize(ByteBuffer in, int end, int start) throws BinaryXmlException {
        int value = 0;
        for (int shift = 0; in.position() < end; shift += 7) {
            int b = in.get();
            if (shift == 28 && (b & 0xF8) != 0) {
                throw malformed("a size does not fit into 31 bits", in, start);
            }
            value |= (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("the table ends inside a size", in, start);
    }

    private static BinaryXmlException malformed(String what, ByteBuffer at, int start) {
        return new BinaryXmlException("malformed string table of the session: " + what, at.position() - start, "");
    }

    /** The strings known now; later tables do not change what it holds. */
    public Snapshot snapshot() {
        return new Snapshot(texts, count);
    }

    /** The number of strings announced so far. */
    public int size() {
        return count;
    }

    /** What an odd id means to one document. Entry k has the id 2k+1. */
    public static final class Snapshot {
        /** Of a document without a session. */
        public static final Snapshot NONE = new Snapshot(EMPTY, 0);

        private final String[] texts; // later strings may follow behind count
        private final int count;

        private Snapshot(String[] texts, int count) {
            this.texts = texts;
            this.count = count;
        }

        /** The interned text of an odd id; null if the id is even or has not been announced. */
        public @Nullable String text(int id) {
            int k = id >>> 1;
            return (id & 1) == 1 && k < count ? texts[k] : null;
        }

        /** The number of strings. */
        public int size() {
            return count;
        }
    }
}
