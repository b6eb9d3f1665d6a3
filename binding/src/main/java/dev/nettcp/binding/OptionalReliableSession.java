package dev.nettcp.binding;

import java.time.Duration;

/**
 * WS-ReliableMessaging, which may be switched off: the only choice here. WCF's {@code OptionalReliableSession}.
 *
 * @param enabled only false is implemented
 * @param ordered whether messages are delivered in their order; no meaning while switched off
 * @param inactivityTimeout how long the other side may be silent; no meaning while switched off
 */
public record OptionalReliableSession(boolean enabled, boolean ordered, Duration inactivityTimeout) {
    /** WCF's defaults: switched off, ordered, 10 minutes. */
    public static final OptionalReliableSession DEFAULT =
            new OptionalReliableSession(false, true, Duration.ofMinutes(10));

    /**
     * Refuses what does not exist.
     *
     * @throws InvalidBindingException with the name of the setting
     */
    public OptionalReliableSession {
        if (enabled) {
            throw InvalidBindingException.notImplemented("reliableSession", true, "only false is");
        }
        Settings.positive(inactivityTimeout, "reliableSession.inactivityTimeout");
    }
}
