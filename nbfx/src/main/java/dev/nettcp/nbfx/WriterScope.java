package dev.nettcp.nbfx;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a writer knows of prefixes: those in force, those its current start tag has settled, those the program wishes for. The
 * declarations of the current start tag are still to be written, at its end.
 */
final class WriterScope {
    final NamespaceScope bindings = new NamespaceScope();

    private @Nullable DictionaryString[] entries = new DictionaryString[8]; // of the declarations of the current tag
    private final List<Wish> wishes = new ArrayList<>();
    private int generated; // prefixes of the form d1p0 in the current element

    // Prefixes that the current start tag uses with the meaning they had outside of it: short ones as bits, and others.
    private int usedShorts;
    private String[] usedPrefixes = new String[4];
    private int used;

    // The binding of a short prefix that an element has used last, and its number, while it is in force: mostly the
    // next element uses it too.
    private int lastBinding;
    private int lastNumber = ShortPrefix.NONE;

    WriterScope() {
        Arrays.fill(usedPrefixes, "");
    }

    void clear() {
        bindings.clear();
        wishes.clear();
        generated = 0;
        usedShorts = 0;
        used = 0;
        lastNumber = ShortPrefix.NONE;
    }

    void enter() {
        bindings.enter();
        generated = 0;
        usedShorts = 0;
        used = 0;
    }

    void leave() {
        if (bindings.leave()) {
            lastNumber = ShortPrefix.NONE;
        }
        if (!wishes.isEmpty()) {
            forgetWishes();
        }
    }

    private void forgetWishes() {
        while (!wishes.isEmpty() && wishes.get(wishes.size() - 1).depth() > depth()) {
            wishes.remove(wishes.size() - 1);
        }
    }

    int depth() {
        return bindings.depth();
    }

    // ------------------------------------------------------------------------------------------------ declarations

    /** Declares a prefix that the current start tag has not settled yet. */
    void declare(String prefix, String uri, @Nullable DictionaryString entry) {
        int index = bindings.declared();
        bindings.declare(prefix, uri);
        lastNumber = ShortPrefix.NONE;
        if (index == entries.length) {
            entries = Arrays.copyOf(entries, 2 * index);
        }
        if (entries[index] != entry) { // cheaper than to write it again
            entries[index] = entry;
        }
    }

    /** The declarations of the current start tag, in order. */
    int declared() {
        return bindings.declared();
    }

    String declaredPrefix(int index) {
        return bindings.declaredPrefix(index);
    }

    String declaredUri(int index) {
        return bindings.declaredUri(index);
    }

    @Nullable
    DictionaryString declaredEntry(int index) {
        return entries[index];
    }

    /** The current start tag uses a prefix, whose {@link ShortPrefix} number is given too, as it is bound now. */
    void use(int number, String prefix) {
        if (number >= 0) {
            usedShorts |= 1 << number;
        } else {
            useOther(prefix);
        }
    }

    private void useOther(String prefix) {
        if (used == usedPrefixes.length) {
            usedPrefixes = Arrays.copyOf(usedPrefixes, 2 * used);
        }
        usedPrefixes[used++] = prefix;
    }

    /** Whether the current start tag has settled what the prefix means. */
    boolean isSettled(String prefix) {
        int number = ShortPrefix.of(prefix);
        return (number >= 0 ? (usedShorts & 1 << number) != 0 : usesOther(prefix)) || bindings.declaresHere(prefix);
    }

    private boolean usesOther(String prefix) {
        for (int k = 0; k < used; k++) {
            if (usedPrefixes[k].equals(prefix)) {
                return true;
            }
        }
        return false;
    }

    // ------------------------------------------------------------------------------------------------ look-up

    /** The {@link ShortPrefix} number of a prefix that is known to have this meaning; NONE says nothing. */
    int numberOfLast(@Nullable String prefix, @Nullable String uri) {
        return bindings.isBinding(lastBinding, prefix, uri) ? lastNumber : ShortPrefix.NONE;
    }

    /** An element has used a prefix with the meaning it has now. */
    void last(int number) {
        int binding = number >= 0 ? bindings.binding(number) : NamespaceScope.NONE;
        if (binding >= 0) {
            lastBinding = binding;
            lastNumber = number;
        }
    }

    /** Whether the prefix, whose {@link ShortPrefix} number is given too, has this meaning now. */
    boolean binds(int number, String prefix, String uri) {
        return uri.equals(bindings.uri(number, prefix));
    }

    /** The namespace of a prefix; null if it is not declared, which the default namespace always is. */
    @Nullable
    String uri(String prefix) {
        return bindings.uri(prefix);
    }

    /** The innermost prefix of a namespace that no other binding hides; null if there is none. */
    @Nullable
    String prefix(String uri, boolean notEmpty) {
        for (int k = bindings.size() - 1; k >= 0; k--) {
            if (bindings.uriAt(k).equals(uri)
                    && !(notEmpty && bindings.prefixAt(k).isEmpty())
                    && bindings.isVisible(k)) {
                return bindings.prefixAt(k);
            }
        }
        return uri.isEmpty() && !notEmpty && "".equals(uri("")) ? "" : null;
    }

    /** The first letter that no binding in force uses; after z: d(depth)p(number in this element). */
    String newPrefix() {
        for (char letter = 'a'; letter <= 'z'; letter++) {
            String candidate = String.valueOf(letter);
            if (uri(candidate) == null) {
                return candidate;
            }
        }
        while (true) {
            String candidate = "d" + depth() + "p" + generated++;
            if (uri(candidate) == null) {
                return candidate;
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ wishes

    /** Inside the current element the namespace should get this prefix where it needs one. */
    void wish(String prefix, String uri) {
        wishes.add(new Wish(prefix, uri, depth()));
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

    private record Wish(String prefix, String uri, int depth) {}
}
