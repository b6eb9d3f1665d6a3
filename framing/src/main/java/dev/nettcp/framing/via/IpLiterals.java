package dev.nettcp.framing.via;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IP addresses in URIs. No name is ever looked up here. */
final class IpLiterals {
    private IpLiterals() {}

    /** The address of {@code 1.2.3.4} or {@code [::1]}; null if the text is neither. */
    static @Nullable InetAddress parse(String host) {
        boolean literal = host.startsWith("[") ? host.endsWith("]") : host.matches("[0-9]+(\\.[0-9]+){3}");
        if (!literal) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** As it stands in a URI: an IPv6 address in brackets and in its shortest form. */
    static String uriText(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }
}
