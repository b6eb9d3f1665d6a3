package dev.nettcp.nbfx;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Names written inline, each decoded and interned once however often it comes. Kept from document to document. */
final class NameTable {
    private static final int FIRST_SIZE = 16;
    private static final int MOST_KEPT = 1024;
    private static final String[] LETTERS = new String[128];

    static {
        for (int c = 0; c < LETTERS.length; c++) {
            LETTERS[c] = String.valueOf((char) c).intern();
        }
    }

    private final int seed = ThreadLocalRandom.current().nextInt();
    private @Nullable String[] slots = new String[FIRST_SIZE];
    private int count;

    /** Forgets everything if a document brought uncommonly many names. */
    void trim() {
        if (count > MOST_KEPT) {
            slots = new String[FIRST_SIZE];
            count = 0;
        }
    }

    /** How many names are kept. */
    int size() {
        return count;
    }

    /** The interned name, or null if the bytes are not well-formed UTF-8. */
    @Nullable
    String intern(byte[] bytes, int pos, int length) {
        if (length == 0) {
            return "";
        }
        if (length == 1 && bytes[pos] >= 0) {
            return LETTERS[bytes[pos]];
        }
        int hash = seed;
        int sign = 0;
        for (int at = pos; at < pos + length; at++) {
            hash = (hash ^ bytes[at]) * 0x01000193;
            sign |= bytes[at];
        }
        if (sign < 0) {
            String name = Utf8.decode(bytes, pos, length);
            return name == null ? null : name.intern();
        }
        hash ^= hash >>> 15;
        int slot = hash & (slots.length - 1);
        for (String seen = slots[slot]; seen != null; seen = slots[slot]) {
            if (equals(seen, bytes, pos, length)) {
                return seen;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        String name = new String(bytes, pos, length, java.nio.charset.StandardCharsets.ISO_8859_1).intern();
        slots[slot] = name;
        if (++count > slots.length / 2) {
            grow();
        }
        return name;
    }

    private static boolean equals(String name, byte[] bytes, int pos, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int k = 0; k < length; k++) {
            if (name.charAt(k) != bytes[pos + k]) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        @Nullable String[] old = slots;
        slots = new String[2 * old.length];
        for (String name : old) {
            if (name != null) {
                int hash = seed;
                for (int k = 0; k < name.length(); k++) {
                    hash = (hash ^ name.charAt(k)) * 0x01000193;
                }
                hash ^= hash >>> 15;
                int slot = hash & (slots.length - 1);
                while (slots[slot] != null) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = name;
            }
        }
    }
}
