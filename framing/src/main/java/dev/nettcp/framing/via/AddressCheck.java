package dev.nettcp.framing.via;

import java.net.InetAddress;
import java.util.Arrays;

/** Whether a registered address wants the connections that arrive at a local address. */
public enum AddressCheck {
    /** Not asked: nothing was found, or the lookup takes place where addresses play no part. */
    NOT_MADE,
    /** The registered host is a name, an address that stands for all, or the very address. */
    PASSED,
    /** The registered host is another IP address. */
    FAILED;

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    static AddressCheck of(BaseAddress registered, InetAddress local) {
        return registered
                .address()
                .filter(literal -> !literal.isAnyLocalAddress() && !same(literal, local))
                .map(literal -> FAILED)
                .orElse(PASSED);
    }

    /** A dual-stack socket reports an IPv4 peer as {@code ::ffff:a.b.c.d}. */
    private static boolean same(InetAddress literal, InetAddress local) {
        return Arrays.equals(unmapped(literal.getAddress()), unmapped(local.getAddress()));
    }

    private static byte[] unmapped(byte[] address) {
        boolean mapped = address.length == 16 && Arrays.equals(address, 0, 12, MAPPED, 0, 12);
        return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
    }
}
