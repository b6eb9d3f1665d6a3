package dev.nettcp.binding;

import dev.nettcp.framing.via.UriFormatException;
import dev.nettcp.framing.via.ViaUri;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the To of a session's first message means an endpoint: WCF's filter "Exact". Scheme, port and path are compared, without regard to
 * letter case and a slash at the end; host, query and fragment are not.
 */
record AddressFilter(String scheme, int port, String path) {
    static AddressFilter of(ViaUri endpoint) {
        String path = endpoint.path().toLowerCase(Locale.ROOT);
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new AddressFilter(endpoint.scheme(), endpoint.port(), trimmed);
    }

    /** A message without To is for nobody. */
    boolean matches(Optional<String> to) {
        try {
            return to.isPresent() && of(ViaUri.parse(to.get())).equals(this);
        } catch (UriFormatException e) {
            return false; // a URI that .NET does not take either names no endpoint
        }
    }
}
