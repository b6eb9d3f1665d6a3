package dev.nettcp.framing.via;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IPv6 addresses in brackets. A zone is read and forgotten, as in .NET: {@code [fe80::1%eth0]} is {@code [fe80::1]}. */
final class Ipv6Literal {
    private static final Pattern SHAPE = Pattern.compile("\\[[0-9a-fA-F:]+(:[0-9.]+)?]");

    private Ipv6Literal() {}

    /** Null if it is none. An address that stands for an IPv4 one is returned as that. */
    static @Nullable InetAddress parse(String host) {
        int zone = host.indexOf('%');
        String literal = zone < 0 ? host : host.substring(0, zone) + "]";
        if (!SHAPE.matcher(literal).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(literal); // brackets: a name is never looked up
        } catch (UnknownHostException malformed) {
            return null;
        }
    }

    /** In brackets, RFC 5952: lower case, the first of the longest runs of zeros left out, an embedded IPv4 address as such. */
    static String text(InetAddress address) {
        if (address instanceof Inet4Address) {
            return "[::ffff:" + address.getHostAddress() + "]";
        }
        int[] groups = new int[8];
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        for (int i = 0; i < groups.length; i++) {
            groups[i] = bytes.getShort() & 0xFFFF;
        }
        if (endsWithIpv4(groups)) {
            String ipv4 = Ipv4Literal.ofBits((groups[6] << 16) | groups[7]).getHostAddress();
            return "[" + hex(groups, 6, ipv4) + "]";
        }
        return "[" + hex(groups, 8, "") + "]";
    }

    /** {@code ::1.2.3.4}, {@code ::ffff:0:1.2.3.4} and {@code …:0:5efe:1.2.3.4}: the forms .NET writes with dots. */
    private static boolean endsWithIpv4(int[] groups) {
        boolean zeros = (groups[0] | groups[1] | groups[2] | groups[3]) == 0 && groups[6] != 0;
        boolean compatible = groups[4] == 0 && groups[5] == 0;
        boolean translated = groups[4] == 0xFFFF && groups[5] == 0;
        return (zeros && (compatible || translated)) || (groups[4] == 0 && groups[5] == 0x5EFE);
    }

    private static String hex(int[] groups, int count, String tail) {
        int[] gap = longestZeros(groups, count);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (i == gap[0]) {
                text.append("::");
                i = gap[1] - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(groups[i]));
            }
        }
        boolean separate = !tail.isEmpty() && text.charAt(text.length() - 1) != ':';
        return text.append(separate ? ":" : "").append(tail).toString();
    }

    /** From and to; a single zero is written out. */
    private static int[] longestZeros(int[] groups, int count) {
        int[] longest = {-1, 0};
        for (int from = 0; from < count; from++) {
            int to = from;
            while (to < count && groups[to] == 0) {
                to++;
            }
            if (to - from > Math.max(1, longest[1] - longest[0])) {
                longest = new int[] {from, to};
            }
        }
        return longest;
    }
}
