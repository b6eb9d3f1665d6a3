package dev.nettcp.framing.via;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Registered addresses and what belongs to each, searched by via. Immutable: a change gives
 * a new table that shares almost everything with the old one, so that readers keep a snapshot and never wait.
 *
 * <pre>
 *   scheme ── host slot ── port ── segment ── segment …        letter case is ignored everywhere
 *             "+"  any host, asked first
 *             host this host, asked second
 *             "*"  any host, asked last
 * </pre>
 *
 * Within a mode the longest path wins; between modes the order counts and length does not.
 */
public final class PrefixTable<T> {
    /** One registered address. */
    public record Entry<T>(BaseAddress address, HostNameComparisonMode mode, T value) {}

    private final boolean portInWildcards;
    private final PrefixNode<T> root;
    private final int size;

    private PrefixTable(boolean portInWildcards, PrefixNode<T> root, int size) {
        this.portInWildcards = portInWildcards;
        this.root = root;
        this.size = size;
    }

    /** An empty table of a port sharing service: it knows many ports. Searched by {@link #lookup(ViaUri, InetAddress, int)}. */
    public static <T> PrefixTable<T> ofRegistrations() {
        return new PrefixTable<>(true, PrefixNode.empty(), 0);
    }

    /**
     * An empty table of one port, or of one registration: the connection has found its way here already, so the wildcard
     * modes do not ask for the port again. Searched by {@link #lookup(ViaUri)}.
     */
    public static <T> PrefixTable<T> ofEndpoints() {
        return new PrefixTable<>(false, PrefixNode.empty(), 0);
    }

    /** How many addresses are registered. */
    public int size() {
        return size;
    }

    /** The entry at exactly this place, if there is one; who wants to register there would be in conflict with it. */
    public Optional<Entry<T>> find(BaseAddress address, HostNameComparisonMode mode) {
        return Optional.ofNullable(root.find(keys(address, mode), 0));
    }

    /**
     * This table and one more address.
     *
     * @throws AddressConflictException if the place is taken
     */
    public PrefixTable<T> with(BaseAddress address, HostNameComparisonMode mode, T value) {
        String[] keys = keys(address, mode);
        Entry<T> existing = root.find(keys, 0);
        if (existing != null) {
            throw new AddressConflictException(address, mode, existing);
        }
        return new PrefixTable<>(portInWildcards, root.with(keys, 0, new Entry<>(address, mode, value)), size + 1);
    }

    /** This table without the address; itself if nothing is registered there. */
    public PrefixTable<T> without(BaseAddress address, HostNameComparisonMode mode) {
        String[] keys = keys(address, mode);
        if (root.find(keys, 0) == null) {
            return this;
        }
        return new PrefixTable<>(portInWildcards, root.without(keys, 0), size - 1);
    }

    /** All entries, in no particular order. */
    public void forEach(Consumer<? super Entry<T>> action) {
        root.forEach(action);
    }

    /**
     * The search of a port sharing service: the wildcard modes look for the port of the socket, exact mode for the one
     * of the via, and whoever is registered with an IP address receives only what arrives there.
     *
     * @param localAddress where the connection arrived
     * @param localPort the port it arrived at
     */
    public Lookup<T> lookup(ViaUri via, InetAddress localAddress, int localPort) {
        return search(via, localAddress, localPort);
    }

    /** The search among the endpoints of one port or registration: the via alone decides. */
    public Lookup<T> lookup(ViaUri via) {
        return search(via, null, via.port());
    }

    private Lookup<T> search(ViaUri via, @Nullable InetAddress localAddress, int localPort) {
        List<Lookup.Step<T>> steps = new ArrayList<>(3);
        String[] keys = keysWithoutSlots(via);
        for (HostNameComparisonMode mode : HostNameComparisonMode.values()) {
            int port = mode == HostNameComparisonMode.EXACT ? via.port() : localPort;
            fillSlots(keys, via, mode, port);
            Entry<T> longest = root.longest(keys, 0);
            AddressCheck check = longest == null || localAddress == null
                    ? AddressCheck.NOT_MADE
                    : AddressCheck.of(longest.address(), localAddress);
            Lookup.Step<T> step = new Lookup.Step<>(mode, port, Optional.ofNullable(longest), check);
            steps.add(step);
            if (step.won()) {
                break;
            }
        }
        return new Lookup<>(steps);
    }

    /** The way from the root to an address. */
    private String[] keys(BaseAddress address, HostNameComparisonMode mode) {
        String[] keys = keysWithoutSlots(address.uri());
        fillSlots(keys, address.uri(), mode, address.port());
        return keys;
    }

    /** Escaped paths are ASCII: upper case is all that it takes to ignore case as .NET does. */
    private static String[] keysWithoutSlots(ViaUri uri) {
        List<String> segments = uri.segments();
        String[] keys = new String[segments.size() + 3];
        keys[0] = uri.scheme();
        for (int i = 0; i < segments.size(); i++) {
            keys[i + 3] = segments.get(i).toUpperCase(Locale.ROOT);
        }
        return keys;
    }

    private void fillSlots(String[] keys, ViaUri uri, HostNameComparisonMode mode, int port) {
        keys[1] = switch (mode) {
            case STRONG_WILDCARD -> "+";
            case EXACT -> uri.host();
            case WEAK_WILDCARD -> "*";
        };
        keys[2] = portInWildcards || mode == HostNameComparisonMode.EXACT ? Integer.toString(port) : "";
    }
}
