package dev.nettcp.framing.via;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whether a registered address wants the connections that arrive at a local address. */
public enum AddressCheck {
    /** Not asked: nothing was found, or the lookup takes place where addresses play no part. */
    NOT_MADE,
    /** The registered host is a name, an address that stands for all, or the very address. */
    PASSED,
    /** The registered host is another IP address. */
    FAILED;

    static AddressCheck of(BaseAddress registered, InetAddress local) {
        return registered
                .address()
                .filter(literal -> !literal.isAnyLocalAddress() && !same(literal, local))
                .map(literal -> FAILED)
                .orElse(PASSED);
    }

    private static boolean same(InetAddress literal, InetAddress local) {
        return Arrays.equals(unmapped(literal).getAddress(), unmapped(local).getAddress());
    }

    /** A dual-stack socket reports an IPv4 peer as {@code ::ffff:a.b.c.d}. */
    private static InetAddress unmapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address && isMapped(bytes)) {
            try {
                return Inet4Address.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes are an IPv4 address", e);
            }
        }
        return address;
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }
}
