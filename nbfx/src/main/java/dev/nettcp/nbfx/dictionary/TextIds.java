package dev.nettcp.nbfx.dictionary;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers of texts, looked up several times per element: one array of texts beside one of numbers. */
final class TextIds {
    private static final int SPREAD = 0x9E3779B9;

    private @Nullable String[] texts = new String[64];
    private int[] ids = new int[64];
    private int count;

    /** The number of a text, -1 if it has none. */
    int get(String text) {
        int slot = slot(text);
        return texts[slot] == null ? -1 : ids[slot];
    }

    void put(String text, int id) {
        int slot = slot(text);
        if (texts[slot] == null && 2 * ++count > texts.length) {
            grow();
            slot = slot(text);
        }
        texts[slot] = text;
        ids[slot] = id;
    }

    /** Forgets everything but the first texts, whose numbers are 1, 3, 5 and so on. */
    void keep(List<String> first) {
        Arrays.fill(texts, null);
        count = 0;
        for (int k = 0; k < first.size(); k++) {
            put(first.get(k), 2 * k + 1);
        }
    }

    private int slot(String text) {
        int hash = text.hashCode() * SPREAD;
        int mask = texts.length - 1;
        int slot = (hash ^ (hash >>> 16)) & mask;
        for (String there = texts[slot]; there != null && !there.equals(text); there = texts[slot]) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        @Nullable String[] oldTexts = texts;
        int[] oldIds = ids;
        texts = new String[2 * oldTexts.length];
        ids = new int[texts.length];
        for (int k = 0; k < oldTexts.length; k++) {
            String text = oldTexts[k];
            if (text != null) {
                int slot = slot(text);
                texts[slot] = text;
                ids[slot] = oldIds[k];
            }
        }
    }
}
