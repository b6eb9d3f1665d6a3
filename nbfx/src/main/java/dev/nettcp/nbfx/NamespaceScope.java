package dev.nettcp.nbfx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes in force, innermost last. Bindings 0 and 1 are {@code xml} and {@code xmlns}, which are always there.
 *
 * <p>The empty prefix and the letters from a to z, which is what one meets, have a table that says which binding is in force.
 * Other prefixes are looked for one by one while there are few bindings; beyond that there is an index, so that a document with many
 * declarations costs no more than its size.
 */
final class NamespaceScope {
    static final String XML = "xml";
    static final String XMLNS = "xmlns";
    static final String XML_URI = XMLConstants.XML_NS_URI;
    static final String XMLNS_URI = XMLConstants.XMLNS_ATTRIBUTE_NS_URI;

    static final int NONE = -1;
    private static final int PREDECLARED = 2;
    private static final int FIRST_SIZE = 8;
    private static final int FEW = 16;

    private String[] prefixes = new String[FIRST_SIZE];
    private String[] uris = new String[FIRST_SIZE];
    private int[] hidden = new int[FIRST_SIZE]; // the binding of the same prefix that a binding hides
    private int[] depths = new int[FIRST_SIZE]; // of the element that has declared a binding
    private int[] firsts = new int[FIRST_SIZE]; // the first binding of that element
    private int count = PREDECLARED;
    private int depth;

    // Most elements declare nothing: of the innermost one that does, the depth and the first binding.
    private int declarer;
    private int own = PREDECLARED;

    private final int[] shorts = new int[ShortPrefix.COUNT]; // the binding in force of each short prefix
    private final Map<String, Integer> others = new HashMap<>(); // the same for other prefixes, if indexed
    private boolean indexed;

    NamespaceScope() {
        Arrays.fill(prefixes, "");
        Arrays.fill(uris, "");
        Arrays.fill(firsts, PREDECLARED);
        prefixes[0] = XML;
        uris[0] = XML_URI;
        prefixes[1] = XMLNS;
        uris[1] = XMLNS_URI;
        clear();
    }

    void clear() {
        count = PREDECLARED;
        own = PREDECLARED;
        declarer = 0;
        depth = 0;
        Arrays.fill(shorts, NONE);
        others.clear();
        indexed = false;
    }

    void enter() {
        depth++;
    }

    /** Whether the meaning of a prefix has changed by it. */
    boolean leave() {
        boolean declared = declarer == depth;
        if (declared) {
            undeclare();
        }
        depth--;
        return declared;
    }

    private void undeclare() {
        while (count > own) {
            count--;
            enforce(prefixes[count], hidden[count]);
        }
        declarer = depths[count - 1];
        own = firsts[count - 1];
    }

    /** The first binding that the innermost element has declared, or would declare. */
    private int first() {
        return declarer == depth ? own : count;
    }

    /** From now on the prefix has this binding, or none. */
    private void enforce(String prefix, int binding) {
        int number = ShortPrefix.of(prefix);
        if (number >= 0) {
            shorts[number] = binding;
        } else if (indexed && binding < 0) {
            others.remove(prefix);
        } else if (indexed) {
            others.put(prefix, binding);
        }
    }

    /** The number of open elements. */
    int depth() {
        return depth;
    }

    /** False, and nothing done, if the innermost element has declared the prefix already. */
    boolean declare(String prefix, String uri) {
        int before = indexOf(prefix);
        int first = first();
        if (before >= first) {
            return false;
        }
        if (count == prefixes.length) {
            grow();
        }
        if (count == FEW && !indexed) {
            buildIndex();
        }
        keep(prefixes, prefix);
        keep(uris, uri);
        hidden[count] = before;
        depths[count] = depth;
        firsts[count] = first;
        declarer = depth;
        own = first;
        enforce(prefix, count);
        count++;
        return true;
    }

    /** Mostly the same declarations come in the same order again, and a reference costs more to write than to compare. */
    private void keep(String[] texts, String text) {
        if (!Interned.same(texts[count], text)) {
            texts[count] = text;
        }
    }

    private void grow() {
        prefixes = Arrays.copyOf(prefixes, 2 * count);
        uris = Arrays.copyOf(uris, 2 * count);
        hidden = Arrays.copyOf(hidden, 2 * count);
        depths = Arrays.copyOf(depths, 2 * count);
        firsts = Arrays.copyOf(firsts, 2 * count);
    }

    private void buildIndex() {
        indexed = true;
        for (int k = 0; k < count; k++) {
            enforce(prefixes[k], k);
        }
    }

    /** The binding of a prefix that is in force, {@link #NONE} if there is none. */
    private int indexOf(String prefix) {
        return indexOf(ShortPrefix.of(prefix), prefix);
    }

    private int indexOf(int number, String prefix) {
        return number >= 0 ? shorts[number] : indexOfOther(prefix);
    }

    private int indexOfOther(String prefix) {
        if (indexed) {
            return others.getOrDefault(prefix, NONE);
        }
        for (int k = count - 1; k >= 0; k--) {
            if (prefixes[k].equals(prefix)) {
                return k;
            }
        }
        return NONE;
    }

    /** The namespace of a prefix; null if it is not declared. The empty prefix has the empty namespace by default. */
    @Nullable
    String uri(String prefix) {
        return uri(ShortPrefix.of(prefix), prefix);
    }

    /** As {@link #uri(String)}, for a prefix whose number is known. */
    @Nullable
    String uri(int number, String prefix) {
        int binding = indexOf(number, prefix);
        return binding >= 0 ? uris[binding] : number == ShortPrefix.EMPTY ? "" : null;
    }

    /** The binding of a short prefix, whose number is given, that is in force; {@link #NONE} if there is none. */
    int binding(int number) {
        return shorts[number];
    }

    /** Whether this is the very prefix and the very namespace of a binding. */
    boolean isBinding(int index, @Nullable String prefix, @Nullable String uri) {
        return Interned.same(prefix, prefixes[index]) && Interned.same(uri, uris[index]);
    }

    /** Whether the innermost element itself declares the prefix. */
    boolean declaresHere(String prefix) {
        return indexOf(prefix) >= first();
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
