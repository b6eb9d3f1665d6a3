package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prefixes a writer has declared, innermost last; those of the current start tag are still to be written at its end. */
final class WriterScope {
    private String[] prefixes = new String[16];
    private String[] uris = new String[16];
    private @Nullable DictionaryString[] entries = new DictionaryString[16];
    private int count;
    private int[] marks = new int[16];
    private int depth;
    private final List<Wish> wishes = new ArrayList<>();
    private int generated; // prefixes of the form d1p0 in the current element

    // Prefixes that the current start tag uses with the meaning they had outside of it.
    private String[] usedPrefixes = new String[4];
    private int used;

    WriterScope() {
        Arrays.fill(prefixes, "");
        Arrays.fill(uris, "");
        Arrays.fill(usedPrefixes, "");
    }

    void clear() {
        count = 0;
        used = 0;
        wishes.clear();
        depth = 0;
        generated = 0;
    }

    void enter() {
        if (depth == marks.length) {
            marks = Arrays.copyOf(marks, 2 * depth);
        }
        marks[depth++] = count;
        generated = 0;
        used = 0;
    }

    void leave() {
        count = marks[--depth];
        while (!wishes.isEmpty() && wishes.get(wishes.size() - 1).depth() > depth) {
            wishes.remove(wishes.size() - 1);
        }
    }

    int depth() {
        return depth;
    }

    void declare(String prefix, String uri, @Nullable DictionaryString entry) {
        if (count == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, 2 * count);
            uris = Arrays.copyOf(uris, 2 * count);
            entries = Arrays.copyOf(entries, 2 * count);
        }
        prefixes[count] = prefix;
        uris[count] = uri;
        entries[count++] = entry;
    }

    /** The namespace of a prefix; null if it is not declared. */
    @Nullable
    String uri(String prefix) {
        for (int k = count - 1; k >= 0; k--) {
            if (prefixes[k].equals(prefix)) {
                return uris[k];
            }
        }
        return prefix.isEmpty() ? "" : prefix.equals("xml") ? NamespaceScope.XML_URI : null;
    }

    /** The current start tag uses a prefix as it is bound now. */
    void use(String prefix) {
        if (used == usedPrefixes.length) {
            usedPrefixes = Arrays.copyOf(usedPrefixes, 2 * used);
        }
        usedPrefixes[used++] = prefix;
    }

    /** Whether the current start tag has settled what the prefix means. */
    boolean isSettled(String prefix) {
        for (int k = 0; k < used; k++) {
            if (usedPrefixes[k].equals(prefix)) {
                return true;
            }
        }
        return declaresHere(prefix);
    }

    /** Whether the current element itself declares the prefix. */
    private boolean declaresHere(String prefix) {
        for (int k = count - 1; k >= marks[depth - 1]; k--) {
            if (prefixes[k].equals(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The innermost prefix of a namespace that no other binding hides; null if there is none. */
    @Nullable
    String prefix(String uri, boolean notEmpty) {
        if (uri.equals(NamespaceScope.XML_URI)) {
            return NamespaceScope.XML;
        }
        for (int k = count - 1; k >= 0; k--) {
            if (uris[k].equals(uri) && !(notEmpty && prefixes[k].isEmpty()) && isVisible(k)) {
                return prefixes[k];
            }
        }
        return uri.isEmpty() && !notEmpty && "".equals(uri("")) ? "" : null;
    }

    /** Inside the current element the namespace should get this prefix where it needs one. */
    void wish(String prefix, String uri) {
        wishes.add(new Wish(prefix, uri, depth));
    }

    /** The prefix wished for last; null if none is. */
    @Nullable
    String wish(String uri) {
        for (int k = wishes.size() - 1; k >= 0; k--) {
            if (wishes.get(k).uri().equals(uri)) {
                return wishes.get(k).prefix();
            }
        }
        return null;
    }

    private boolean isVisible(int index) {
        for (int k = count - 1; k > index; k--) {
            if (prefixes[k].equals(prefixes[index])) {
                return false;
            }
        }
        return true;
    }

    /** The first letter that no binding in force uses; after z: d(depth)p(number in this element). */
    String newPrefix() {
        for (char letter = 'a'; letter <= 'z'; letter++) {
            String candidate = String.valueOf(letter);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        while (true) {
            String candidate = "d" + depth + "p" + generated++;
            if (isFree(candidate)) {
                return candidate;
            }
        }
    }

    private boolean isFree(String prefix) {
        for (int k = 0; k < count; k++) {
            if (prefixes[k].equals(prefix)) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return count;
    }

    /** Index of the first binding of the current element. */
    int first() {
        return depth == 0 ? 0 : marks[depth - 1];
    }

    String prefixAt(int index) {
        return prefixes[index];
    }

    String uriAt(int index) {
        return uris[index];
    }

    @Nullable
    DictionaryString entryAt(int index) {
        return entries[index];
    }

    private record Wish(String prefix, String uri, int depth) {}
}
