package dev.nettcp.binding;

import dev.nettcp.transport.SessionTimeouts;

/** A binding's settings as the transport names them. */
final class SessionSettings {
    private SessionSettings() {}

    static SessionTimeouts timeouts(Timeouts timeouts) {
        return new SessionTimeouts(
                timeouts.openTimeout(), timeouts.closeTimeout(), timeouts.sendTimeout(), timeouts.receiveTimeout());
    }
}
