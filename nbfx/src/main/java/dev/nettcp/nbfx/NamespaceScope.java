package dev.nettcp.nbfx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes in force, innermost last. Bindings 0 and 1 are {@code xml} and {@code xmlns}, which are always there.
 *
 * <p>Looked through one by one while there are few, as there always are; beyond that there is an index, so that a document with
 * many declarations costs no more than its size.
 */
final class NamespaceScope {
    static final String XML = "xml";
    static final String XMLNS = "xmlns";
    static final String XML_URI = XMLConstants.XML_NS_URI;
    static final String XMLNS_URI = XMLConstants.XMLNS_ATTRIBUTE_NS_URI;

    private static final int PREDECLARED = 2;
    private static final int FEW = 16;

    private String[] prefixes = new String[FEW];
    private String[] uris = new String[FEW];
    private int count = PREDECLARED;
    private int[] marks = new int[FEW]; // marks[d]: number of bindings before element d declared its own
    private int depth;

    // With more than a few bindings: the last one of each prefix, and for each binding the one it hides (-1: none).
    private final Map<String, Integer> last = new HashMap<>();
    private int[] hidden = new int[0];
    private boolean indexed;

    NamespaceScope() {
        Arrays.fill(prefixes, "");
        Arrays.fill(uris, "");
        prefixes[0] = XML;
        uris[0] = XML_URI;
        prefixes[1] = XMLNS;
        uris[1] = XMLNS_URI;
    }

    void clear() {
        count = PREDECLARED;
        depth = 0;
        last.clear();
        indexed = false;
    }

    void enter() {
        if (depth == marks.length) {
            marks = Arrays.copyOf(marks, 2 * depth);
        }
        marks[depth++] = count;
    }

    void leave() {
        int left = marks[--depth];
        if (indexed) {
            for (int k = count - 1; k >= left; k--) {
                if (hidden[k] < 0) {
                    last.remove(prefixes[k]);
                } else {
                    last.put(prefixes[k], hidden[k]);
                }
            }
            if (left <= FEW) {
                last.clear();
                indexed = false;
            }
        }
        count = left;
    }

    /** The number of open elements. */
    int depth() {
        return depth;
    }

    /** False, and nothing done, if the innermost element has declared the prefix already. */
    boolean declare(String prefix, String uri) {
        int before = indexOf(prefix);
        if (before >= first()) {
            return false;
        }
        if (count == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, 2 * count);
            uris = Arrays.copyOf(uris, 2 * count);
        }
        prefixes[count] = prefix;
        uris[count] = uri;
        if (indexed) {
            index(count, before);
        }
        count++;
        if (!indexed && count > FEW) {
            buildIndex();
        }
        return true;
    }

    private void index(int binding, int before) {
        if (binding >= hidden.length) {
            hidden = Arrays.copyOf(hidden, prefixes.length);
        }
        hidden[binding] = before;
        last.put(prefixes[binding], binding);
    }

    private void buildIndex() {
        for (int k = 0; k < count; k++) {
            index(k, last.getOrDefault(prefixes[k], -1));
        }
        indexed = true;
    }

    /** The binding of a prefix that is in force, -1 if there is none. */
    private int indexOf(String prefix) {
        if (indexed) {
            return last.getOrDefault(prefix, -1);
        }
        for (int k = count - 1; k >= 0; k--) {
            if (prefixes[k].equals(prefix)) {
                return k;
            }
        }
        return -1;
    }

    /** The namespace of a prefix; null if it is not declared. The empty prefix has the empty namespace by default. */
    @Nullable
    String uri(String prefix) {
        int binding = indexOf(prefix);
        return binding >= 0 ? uris[binding] : prefix.isEmpty() ? "" : null;
    }

    /** Whether the innermost element itself declares the prefix. */
    boolean declaresHere(String prefix) {
        return depth > 0 && indexOf(prefix) >= first();
    }

    private int first() {
        return depth == 0 ? PREDECLARED : marks[depth - 1];
    }

    /** The number of declarations of the innermost element. */
    int declared() {
        return count - first();
    }

    String declaredPrefix(int index) {
        return prefixes[first() + index];
    }

    String declaredUri(int index) {
        return uris[first() + index];
    }

    /** The number of bindings, hidden ones and the two eternal ones included. */
    int size() {
        return count;
    }

    String prefixAt(int index) {
        return prefixes[index];
    }

    String uriAt(int index) {
        return uris[index];
    }

    /** Whether the binding is not hidden by a later one of the same prefix. */
    boolean isVisible(int index) {
        return indexOf(prefixes[index]) == index;
    }
}
