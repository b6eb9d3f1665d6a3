package dev.nettcp.soap;

import org.jspecify.annotations.Nullable;

/**
 * The WS-Addressing 1.0 headers of a message. An element that is null is absent.
 *
 * @param action what the message is about, compared exactly; empty if the header is absent
 * @param messageId the message's own name; a message that expects a reply has one
 * @param relatesTo the message that this one is the reply to
 * @param replyTo where the reply goes; {@link Namespaces#ANONYMOUS} is the other end of the session
 * @param to where the message goes
 */
public record Addressing(
        String action,
        @Nullable UniqueId messageId,
        @Nullable UniqueId relatesTo,
        @Nullable String replyTo,
        @Nullable String to) {

    /** Nothing but an action. */
    public static Addressing of(String action) {
        return new Addressing(action, null, null, null, null);
    }
}
