package dev.nettcp.framing.via;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IPv4 addresses in the forms that .NET, like every resolver, takes for one: up to four numbers, decimal, octal behind
 * {@code 0} or hexadecimal behind {@code 0x}, of which the last one fills the bytes that are left. {@code 127.1}, {@code
 * 0x7f.0.0.1} and {@code 2130706433} are all {@code 127.0.0.1}.
 */
final class Ipv4Literal {
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,8}");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]{1,11}");
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,9}");

    private Ipv4Literal() {}

    /** Null if it is none: it may be a name then. */
    static @Nullable InetAddress parse(String host) {
        if (host.isEmpty() || host.charAt(0) < '0' || host.charAt(0) > '9') {
            return null; // a name, as nearly always
        }
        String[] parts = host.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            int bits = last ? 8 * (4 - i) : 8;
            long number = number(parts[i]);
            if (number < 0 || number >= 1L << bits) {
                return null;
            }
            address = (address << bits) | number;
        }
        return ofBits((int) address);
    }

    /** -1 if it is none, or more than an address can hold. */
    private static long number(String text) {
        if (HEXADECIMAL.matcher(text).matches()) {
            return Long.parseLong(text.substring(2), 16);
        } else if (OCTAL.matcher(text).matches()) {
            return Long.parseLong(text, 8);
        }
        return DECIMAL.matcher(text).matches() ? Long.parseLong(text) : -1;
    }

    static InetAddress ofBits(int bits) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }
}
