package dev.nettcp.sharing.service.listen;

import dev.nettcp.sharing.service.config.ListenAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which addresses of one port must be listened on, given the hosts that are registered on it: an IP literal asks for its own
 * address, a name for all. Since Linux does not bind an address beside the wildcard of its family, the wildcard alone is
 * opened where anybody needs it, and routing sees to it that a literal receives only what arrives at its address.
 */
final class PortPlan {
    private static final InetAddress ANY_4 = any(4);
    private static final InetAddress ANY_6 = any(16);

    private final ListenAddresses policy;
    private final boolean ipv6;
    private final List<Optional<InetAddress>> hosts = new ArrayList<>();

    PortPlan(ListenAddresses policy, boolean ipv6) {
        this.policy = policy;
        this.ipv6 = ipv6;
    }

    /** One more registration; empty for the name of a host. */
    void add(Optional<InetAddress> host) {
        hosts.add(host);
    }

    void remove(Optional<InetAddress> host) {
        hosts.remove(host);
    }

    boolean isEmpty() {
        return hosts.isEmpty();
    }

    /** What must be open now. */
    Set<InetAddress> addresses() {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        addFamily(addresses, ANY_4, literal -> literal instanceof Inet4Address);
        addFamily(addresses, ANY_6, literal -> !(literal instanceof Inet4Address));
        return addresses;
    }

    private void addFamily(Set<InetAddress> addresses, InetAddress any, Predicate<InetAddress> isOfFamily) {
        if (needsAny(any)) {
            addresses.add(any);
        } else {
            hosts.stream().flatMap(Optional::stream).filter(isOfFamily).forEach(addresses::add);
        }
    }

    private boolean needsAny(InetAddress any) {
        if (hosts.contains(Optional.of(any))) {
            return true;
        }
        boolean everything = policy == ListenAddresses.WILDCARD ? !hosts.isEmpty() : hosts.contains(Optional.empty());
        return everything && (ipv6 || any.equals(ANY_4));
    }

    private static InetAddress any(int bytes) {
        try {
            return InetAddress.getByAddress(new byte[bytes]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IP address has 4 or 16 bytes, not " + bytes, e);
        }
    }
}
