package dev.nettcp.nbfx.dictionary;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The strings this side of a session has given numbers to, [MC-NBFSE] 2.1, and the table of those that the peer does not know yet.
 *
 * <p>One per session and direction, used by one thread at a time; envelopes must go out in the order in which they were
 * written. A string is added at its first use while the budget lasts; the first one that does not fit ends it for good, as in
 * .NET: from then on every new string is written inline.
 */
public final class SessionWriterDictionary {
    private static final int RECENT = 128;

    private final int maxSessionSize;
    private final TextIds ids = new TextIds();
    private final List<String> texts = new ArrayList<>();
    private int used;
    private boolean full;

    // Ids of the constants of the program, each at the place that its number says; the last one there stays.
    private final @Nullable DictionaryString[] recent = new DictionaryString[RECENT];
    private final int[] recentIds = new int[RECENT];

    private byte[] pending = new byte[256];
    private int pendingBytes;
    private int announced;
    private boolean announcedFull;

    public SessionWriterDictionary() {
        this(SessionReaderDictionary.DEFAULT_MAX_SESSION_SIZE);
    }

    /**
     * @param maxSessionSize bytes that all tables of the session may have together; no more than the peer's limit, which is
     *     not negotiated. 0: never add a string
     */
    public SessionWriterDictionary(int maxSessionSize) {
        if (maxSessionSize < 0) {
            throw new IllegalArgumentException("maxSessionSize must not be negative: " + maxSessionSize);
        }
        this.maxSessionSize = maxSessionSize;
    }

    /** As {@link #idOf(String)}, and at once for an object that comes again. */
    public int idOf(DictionaryString entry) {
        int place = entry.number & (RECENT - 1);
        if (recent[place] == entry) {
            return recentIds[place];
        }
        int id = idOf(entry.text());
        if (id >= 0) {
            recent[place] = entry;
            recentIds[place] = id;
        }
        return id;
    }

    /** The odd id of a text, which is added to the table if need be; -1 if it has to be written inline. */
    public int idOf(String text) {
        int id = ids.get(text);
        return id >= 0 ? id : add(text);
    }

    private int add(String text) {
        if (full) {
            return -1;
        }
        byte[] bytes = text.getBytes(UTF_8);
        long cost = (long) bytes.length + sizeOfSize(bytes.length);
        if (cost > maxSessionSize - used) {
            full = true;
            return -1;
        }
        append(bytes, (int) cost);
        used += (int) cost;
        int id = 2 * texts.size() + 1;
        texts.add(text);
        ids.put(text, id);
        return id;
    }

    private void append(byte[] bytes, int cost) {
        if (pending.length - pendingBytes < cost) {
            pending = Arrays.copyOf(pending, Math.max(2 * pending.length, pendingBytes + cost));
        }
        int at = putSize(bytes.length, pending, pendingBytes);
        System.arraycopy(bytes, 0, pending, at, bytes.length);
        pendingBytes += cost;
    }

    /** The strings that got their number since the last {@link #commit()}. */
    public List<String> pendingStrings() {
        return List.copyOf(texts.subList(announced, texts.size()));
    }

    /** Bytes that {@link #writeTable} will write: the table with the size in front of it. */
    public int tableSize() {
        return sizeOfSize(pendingBytes) + pendingBytes;
    }

    /** Writes the table of the pending strings, its size in front. */
    public void writeTable(byte[] out, int offset) {
        int at = putSize(pendingBytes, out, offset);
        System.arraycopy(pending, 0, out, at, pendingBytes);
    }

    /** The pending strings are on their way to the peer. */
    public void commit() {
        announced = texts.size();
        announcedFull = full;
        pendingBytes = 0;
    }

    /** The envelope that used the pending strings will not be sent: forgets them. */
    public void rollback() {
        texts.subList(announced, texts.size()).clear();
        ids.keep(texts);
        Arrays.fill(recent, null);
        used -= pendingBytes;
        pendingBytes = 0;
        full = announcedFull;
    }

    private static int sizeOfSize(int size) {
        return size < 1 << 7 ? 1 : size < 1 << 14 ? 2 : size < 1 << 21 ? 3 : size < 1 << 28 ? 4 : 5;
    }

    private static int putSize(int size, byte[] out, int at) {
        int rest = size;
        int next = at;
        while (rest > 0x7F) {
            out[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[next++] = (byte) rest;
        return next;
    }
}
