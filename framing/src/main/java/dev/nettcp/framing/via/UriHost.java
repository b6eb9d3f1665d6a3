package dev.nettcp.framing.via;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The host of an address: a name, or an IP literal.
 *
 * @param text as it is compared and written
 * @param address of a literal; null for a name
 */
record UriHost(String text, @Nullable InetAddress address) {
    private static final int LONGEST_LABEL = 63;

    /** Of URIs that have none. */
    static final UriHost NONE = new UriHost("", null);

    /** Empty if it is neither. */
    static Optional<UriHost> parse(String host) {
        InetAddress literal = host.startsWith("[") ? Ipv6Literal.parse(host) : Ipv4Literal.parse(host);
        if (literal != null) {
            String text = host.startsWith("[") ? Ipv6Literal.text(literal) : literal.getHostAddress();
            return Optional.of(new UriHost(text, literal));
        }
        return isName(host) ? Optional.of(new UriHost(lowerCase(host), null)) : Optional.empty();
    }

    /** Labels between dots, one dot allowed at the end; each begins with a letter or digit and is no longer than DNS allows. */
    private static boolean isName(String host) {
        String labels = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        for (String label : labels.split("\\.", -1)) {
            if (!isLabel(label)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLabel(String label) {
        boolean wellFormed = !label.isEmpty()
                && "-_".indexOf(label.charAt(0)) < 0
                && label.codePoints().allMatch(UriHost::mayBeInName);
        return wellFormed && lengthInDns(label) <= LONGEST_LABEL;
    }

    /** In DNS a name that is not ASCII is longer than it looks. */
    private static int lengthInDns(String label) {
        try {
            return label.chars().allMatch(c -> c < 0x80)
                    ? label.length()
                    : IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).length();
        } catch (IllegalArgumentException tooLong) {
            return Integer.MAX_VALUE;
        }
    }

    private static boolean mayBeInName(int c) {
        if (c < 0x80) {
            return Character.isLetterOrDigit(c) || c == '-' || c == '_';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** Character by character and only where the way back exists: the ordinal comparison of .NET, in no language. */
    private static String lowerCase(String host) {
        return host.codePoints()
                .map(c -> Character.toUpperCase(Character.toLowerCase(c)) == c ? Character.toLowerCase(c) : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
