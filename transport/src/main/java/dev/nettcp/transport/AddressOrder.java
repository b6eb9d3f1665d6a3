package dev.nettcp.transport;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** In which order the addresses of a name are tried. */
final class AddressOrder {

    private AddressOrder() {}

    /**
     * The families take turns, RFC 8305 section 4, so that a family without a way there costs one attempt and not one for each of its addresses.
     * Which comes first, and the order inside a family, are those of the look-up: the system's (RFC 6724) and, for the family, the JDK's
     * property {@code java.net.preferIPv6Addresses}. Each address once.
     */
    static List<InetAddress> interleaved(List<InetAddress> lookedUp) {
        Map<Class<?>, Deque<InetAddress>> byFamily = new LinkedHashMap<>();
        for (InetAddress address : new LinkedHashSet<>(lookedUp)) {
            byFamily.computeIfAbsent(address.getClass(), family -> new ArrayDeque<>())
                    .add(address);
        }
        Collection<Deque<InetAddress>> families = byFamily.values();
        List<InetAddress> order = new ArrayList<>(lookedUp.size());
        while (!families.isEmpty()) {
            families.forEach(family -> order.add(family.remove()));
            families.removeIf(Deque::isEmpty);
        }
        return order;
    }
}
