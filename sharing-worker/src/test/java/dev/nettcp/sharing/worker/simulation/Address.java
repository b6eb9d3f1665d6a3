package dev.nettcp.sharing.worker.simulation;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.ViaUri;
import java.util.List;

/** What workers register and clients ask for. One lies beneath another, so that the longest match counts. */
@SuppressWarnings("ImmutableEnumChecker") // addresses are values
enum Address {
    SHOP("/shop"),
    SHOP_CART("/shop/cart"),
    MAIL("/mail"),

    /** No worker registers it. */
    NOWHERE("/nowhere");

    static final List<Address> OF_WORKERS = List.of(SHOP, SHOP_CART, MAIL);

    final BaseAddress base;
    final ViaUri via;
    private final String path;

    Address(String path) {
        this.path = path;
        this.base = BaseAddress.parse("net.tcp://h:9000" + path);
        this.via = ViaUri.parse("net.tcp://h:9000" + path + "/x");
    }

    /** Whether a worker of this address has an endpoint for that destination; told by the texts, and not by a rule of the product. */
    boolean serves(Address destination) {
        return destination.path.equals(path) || destination.path.startsWith(path + "/");
    }

    boolean isLongerThan(Address other) {
        return path.length() > other.path.length();
    }
}
