package dev.nettcp.sharing.service.registration;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.framing.via.UriFormatException;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.routing.Registration;
import dev.nettcp.sharing.service.routing.RoutingTable;

/** The first answer to a wish to register, before a port is opened for it. */
sealed interface RegistrationCheck {
    /** Longest base address, in bytes of its escaped form; the original's limit. */
    int MAX_ADDRESS_BYTES = 2048;

    /** Nothing stands in the way so far. */
    record Admissible(BaseAddress address) implements RegistrationCheck {}

    /** Not like this; the text says what was seen and what is allowed. */
    record Refused(StatusCode status, String text) implements RegistrationCheck {}

    static RegistrationCheck of(String text, HostNameComparisonMode mode, RoutingTable table) {
        BaseAddress address;
        try {
            ViaUri uri = ViaUri.parse(text);
            if (!uri.isNetTcp()) {
                return new Refused(
                        StatusCode.PROTOCOL_UNSUPPORTED, "scheme %s; only net.tcp is shared".formatted(uri.scheme()));
            }
            address = new BaseAddress(uri);
        } catch (UriFormatException e) {
            return new Refused(StatusCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
        }
        if (address.utf8Length() > MAX_ADDRESS_BYTES) {
            return new Refused(
                    StatusCode.PATH_TOO_LONG,
                    "the base address has %d bytes; %d are allowed".formatted(address.utf8Length(), MAX_ADDRESS_BYTES));
        }
        if (address.port() == 0) {
            return new Refused(StatusCode.INVALID_ARGUMENT, "port 0 is no port that could be shared");
        }
        return table.find(address, mode)
                .<RegistrationCheck>map(RegistrationCheck::conflictWith)
                .orElse(new Admissible(address));
    }

    private static Refused conflictWith(Registration holder) {
        return new Refused(
                StatusCode.CONFLICTING_REGISTRATION,
                "%s is registered by %s; choose another path, or stop that process"
                        .formatted(holder.address(), holder.worker()));
    }
}
