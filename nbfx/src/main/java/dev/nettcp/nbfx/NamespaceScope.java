package dev.nettcp.nbfx;

import java.util.Arrays;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes in force, innermost last. All strings are interned, so identity is equality.
 *
 * <p>Bindings 0 and 1 are {@code xml} and {@code xmlns}, which are always there.
 */
final class NamespaceScope {
    static final String XML = "xml".intern();
    static final String XMLNS = "xmlns".intern();
    static final String XML_URI = XMLConstants.XML_NS_URI.intern();
    static final String XMLNS_URI = XMLConstants.XMLNS_ATTRIBUTE_NS_URI.intern();

    private static final int PREDECLARED = 2;

    private String[] prefixes = new String[16];
    private String[] uris = new String[16];
    private int count = PREDECLARED;
    private int[] marks = new int[16]; // marks[d]: number of bindings before element d declared its own
    private int depth;

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
    }

    void enter() {
        if (depth == marks.length) {
            marks = Arrays.copyOf(marks, 2 * depth);
        }
        marks[depth++] = count;
    }

    void leave() {
        count = marks[--depth];
    }

    /** False if this element has already declared the prefix. */
    boolean declare(String prefix, String uri) {
        for (int k = count - 1; k >= first(); k--) {
            if (Interned.same(prefixes[k], prefix)) {
                return false;
            }
        }
        if (count == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, 2 * count);
            uris = Arrays.copyOf(uris, 2 * count);
        }
        prefixes[count] = prefix;
        uris[count++] = uri;
        return true;
    }

    /** The namespace of a prefix; null if it is not declared. The empty prefix has the empty namespace by default. */
    @Nullable
    String uri(String prefix) {
        for (int k = count - 1; k >= 0; k--) {
            if (Interned.same(prefixes[k], prefix)) {
                return uris[k];
            }
        }
        return prefix.isEmpty() ? "" : null;
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
        for (int k = count - 1; k > index; k--) {
            if (Interned.same(prefixes[k], prefixes[index])) {
                return false;
            }
        }
        return true;
    }
}
