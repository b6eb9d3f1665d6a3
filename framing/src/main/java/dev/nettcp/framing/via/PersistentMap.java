package dev.nettcp.framing.via;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map of texts whose changed copies share all but a few nodes with the original: a hash trie with 32
 * branches per node. A prefix table needs it because 100 000 addresses may lie side by side under one node.
 *
 * <p>Each level looks at five more bits of the hash. A slot holds nothing, an entry, a deeper node, or, below the last
 * bit, a list of entries whose hashes are equal.
 */
final class PersistentMap<V> {
    private static final int BITS = 5;
    private static final Object[] NO_SLOTS = {};
    private static final PersistentMap<?> EMPTY = new PersistentMap<>(new Node(0, NO_SLOTS), 0);

    private final Node root;
    private final int size;

    private PersistentMap(Node root, int size) {
        this.root = root;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // an empty map holds no V
    static <V> PersistentMap<V> empty() {
        return (PersistentMap<V>) EMPTY;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @SuppressWarnings("unchecked") // only V go in
    @Nullable
    V get(String key) {
        int hash = spread(key);
        Object at = root;
        for (int shift = 0; at instanceof Node node; shift += BITS) {
            int bit = bit(hash, shift);
            at = (node.bitmap & bit) == 0 ? null : node.slots[node.index(bit)];
        }
        for (Object entry = at; entry instanceof Entry here; entry = here.next) {
            if (here.key.equals(key)) {
                return (V) here.value;
            }
        }
        return null;
    }

    PersistentMap<V> with(String key, V value) {
        boolean added = get(key) == null;
        return new PersistentMap<>(put(root, spread(key), 0, key, value), added ? size + 1 : size);
    }

    PersistentMap<V> without(String key) {
        if (get(key) == null) {
            return this;
        }
        return size == 1 ? empty() : new PersistentMap<>(remove(root, spread(key), 0, key), size - 1);
    }

    /** In no particular order. */
    void forEachValue(Consumer<? super V> action) {
        visit(root, action);
    }

    @SuppressWarnings("unchecked") // only V went in
    private void visit(Node node, Consumer<? super V> action) {
        for (Object slot : node.slots) {
            if (slot instanceof Node deeper) {
                visit(deeper, action);
            }
            for (Object entry = slot; entry instanceof Entry here; entry = here.next) {
                action.accept((V) here.value);
            }
        }
    }

    private static Node put(Node node, int hash, int shift, String key, Object value) {
        int bit = bit(hash, shift);
        int index = node.index(bit);
        if ((node.bitmap & bit) == 0) {
            return node.inserted(bit, index, new Entry(key, value, null));
        }
        Object slot = node.slots[index];
        if (slot instanceof Node deeper) {
            return node.replaced(index, put(deeper, hash, shift + BITS, key, value));
        }
        Entry present = (Entry) slot;
        int presentHash = spread(present.key);
        if (presentHash == hash) {
            return node.replaced(index, new Entry(key, value, Entry.remove(present, key)));
        }
        Node split = new Node(0, NO_SLOTS).inserted(bit(presentHash, shift + BITS), 0, present);
        return node.replaced(index, put(split, hash, shift + BITS, key, value));
    }

    private static Node remove(Node node, int hash, int shift, String key) {
        int bit = bit(hash, shift);
        int index = node.index(bit);
        Object slot = node.slots[index];
        Object rest = slot instanceof Node deeper
                ? remove(deeper, hash, shift + BITS, key).collapsed()
                : Entry.remove((Entry) slot, key);
        return rest == null ? node.removed(bit, index) : node.replaced(index, rest);
    }

    private static int spread(String key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    private static int bit(int hash, int shift) {
        return 1 << ((hash >>> shift) & 31);
    }

    /** The slots that are in use, one per set bit of the bitmap, in the order of the bits. */
    private static final class Node {
        final int bitmap;
        final Object[] slots;

        Node(int bitmap, Object[] slots) {
            this.bitmap = bitmap;
            this.slots = slots;
        }

        int index(int bit) {
            return Integer.bitCount(bitmap & (bit - 1));
        }

        Node replaced(int index, Object slot) {
            Object[] copy = slots.clone();
            copy[index] = slot;
            return new Node(bitmap, copy);
        }

        Node inserted(int bit, int index, Object slot) {
            Object[] copy = new Object[slots.length + 1];
            System.arraycopy(slots, 0, copy, 0, index);
            copy[index] = slot;
            System.arraycopy(slots, index, copy, index + 1, slots.length - index);
            return new Node(bitmap | bit, copy);
        }

        Node removed(int bit, int index) {
            Object[] copy = Arrays.copyOf(slots, slots.length - 1);
            System.arraycopy(slots, index + 1, copy, index, slots.length - index - 1);
            return new Node(bitmap & ~bit, copy);
        }

        /** A node with a single entry is that entry. Nodes below the root are never empty. */
        @Nullable
        Object collapsed() {
            return slots.length == 1 && slots[0] instanceof Entry ? slots[0] : this;
        }
    }

    private record Entry(String key, Object value, @Nullable Entry next) {
        /** The list without this key; null if nothing is left. */
        static @Nullable Entry remove(@Nullable Entry list, String key) {
            if (list == null) {
                return null;
            }
            return list.key.equals(key) ? list.next : new Entry(list.key, list.value, remove(list.next, key));
        }
    }
}
