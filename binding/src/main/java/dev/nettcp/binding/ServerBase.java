package dev.nettcp.binding;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.UriFormatException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The base address of a server, if it has one, and what WCF derives from it.
 *
 * @param address null: none; then endpoints have absolute addresses
 */
record ServerBase(@Nullable BaseAddress address) {
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern LEADING_SLASHES = Pattern.compile("^[/\\\\]+");

    static BaseAddress parse(String setting, String text) {
        try {
            return BaseAddress.parse(text);
        } catch (UriFormatException e) {
            throw new InvalidBindingException(setting, String.valueOf(e.getMessage()));
        }
    }

    /** Refuses an absolute address that cannot be listened at; what a relative one leads to is not known yet. */
    static void check(String setting, String given) {
        if (isAbsolute(given)) {
            parse(setting, given);
        }
    }

    private static boolean isAbsolute(String given) {
        return ABSOLUTE.matcher(given).matches();
    }

    /**
     * A slash in front of a relative address means nothing: {@code /x} lies below the base address like {@code x}. Only {@code ..} leads out.
     *
     * @param setting what the address is, for the message
     */
    BaseAddress resolve(String setting, String given) {
        if (isAbsolute(given)) {
            return parse(setting, given);
        }
        if (address == null) {
            throw new InvalidBindingException(
                    setting,
                    "\"" + given
                            + "\" is relative, and the server has no base address. Say baseAddress(\"net.tcp://...\"),"
                            + " or give an absolute address");
        }
        String relative = LEADING_SLASHES.matcher(given).replaceFirst("");
        return relative.isEmpty() ? address : parse(setting, withSlash(address).toString() + relative);
    }

    /** What is registered for an endpoint that is the first one there: the base address for what lies below it, else the endpoint's own. */
    BaseAddress listenerFor(BaseAddress endpoint) {
        boolean below = address != null
                && address.host().equals(endpoint.host())
                && address.port() == endpoint.port()
                && address.pathCovers(endpoint);
        return address != null && below ? withSlash(address) : endpoint;
    }

    private static BaseAddress withSlash(BaseAddress address) {
        return address.path().endsWith("/") ? address : address.withPath(address.path() + "/");
    }
}
