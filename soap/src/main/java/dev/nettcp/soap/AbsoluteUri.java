package dev.nettcp.soap;

import java.net.URI;
import java.net.URISyntaxException;

/** Whether a text is an absolute URI, as far as an address of a message must be one; more than that is the business of who routes it. */
final class AbsoluteUri {
    private AbsoluteUri() {}

    static String checked(String text) throws InvalidMessageException {
        int colon = text.indexOf(':');
        if (!isScheme(text, colon) || !hasAuthority(text, colon + 1)) {
            throw new InvalidMessageException("the header To is no absolute URI");
        }
        return text;
    }

    private static boolean isScheme(String text, int end) {
        for (int i = 0; i < end; i++) {
            if (!isLetter(text.charAt(i)) && (i == 0 || "0123456789+-.".indexOf(text.charAt(i)) < 0)) {
                return false;
            }
        }
        return end > 0;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** A host in brackets is the one thing that is easy to get wrong. */
    private static boolean hasAuthority(String text, int start) {
        if (!text.startsWith("//", start)) {
            return true;
        }
        int end = text.indexOf('/', start + 2);
        String authority = end < 0 ? text.substring(start + 2) : text.substring(start + 2, end);
        if (authority.indexOf('[') < 0) {
            return !authority.isEmpty();
        }
        try {
            return new URI("net.tcp://" + authority).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
