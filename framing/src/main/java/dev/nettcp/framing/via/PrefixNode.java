package dev.nettcp.framing.via;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One place of a {@link PrefixTable}: what is registered here, and what lies below. Immutable. */
record PrefixNode<T>(PrefixTable.@Nullable Entry<T> entry, PersistentMap<PrefixNode<T>> below) {
    static <T> PrefixNode<T> empty() {
        return new PrefixNode<>(null, PersistentMap.empty());
    }

    PrefixTable.@Nullable Entry<T> find(String[] keys, int depth) {
        if (depth == keys.length) {
            return entry;
        }
        PrefixNode<T> next = below.get(keys[depth]);
        return next == null ? null : next.find(keys, depth + 1);
    }

    /** The deepest entry on the way, as far as the way exists. */
    PrefixTable.@Nullable Entry<T> longest(String[] keys, int depth) {
        PrefixNode<T> next = depth == keys.length ? null : below.get(keys[depth]);
        PrefixTable.Entry<T> deeper = next == null ? null : next.longest(keys, depth + 1);
        return deeper == null ? entry : deeper;
    }

    PrefixNode<T> with(String[] keys, int depth, PrefixTable.Entry<T> added) {
        if (depth == keys.length) {
            return new PrefixNode<>(added, below);
        }
        PrefixNode<T> next = below.get(keys[depth]);
        PrefixNode<T> changed = (next == null ? PrefixNode.<T>empty() : next).with(keys, depth + 1, added);
        return new PrefixNode<>(entry, below.with(keys[depth], changed));
    }

    /** Without the entry at the end of the way, which exists; branches that lead nowhere any more go too. */
    PrefixNode<T> without(String[] keys, int depth) {
        if (depth == keys.length) {
            return new PrefixNode<>(null, below);
        }
        PrefixNode<T> next = below.get(keys[depth]);
        if (next == null) {
            return this;
        }
        PrefixNode<T> changed = next.without(keys, depth + 1);
        return new PrefixNode<>(
                entry, changed.isEmpty() ? below.without(keys[depth]) : below.with(keys[depth], changed));
    }

    private boolean isEmpty() {
        return entry == null && below.isEmpty();
    }

    void forEach(Consumer<? super PrefixTable.Entry<T>> action) {
        if (entry != null) {
            action.accept(entry);
        }
        below.forEachValue(node -> node.forEach(action));
    }
}
