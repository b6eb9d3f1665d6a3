package dev.nettcp.binding;

import dev.nettcp.soap.Addressing;
import dev.nettcp.soap.Message;
import dev.nettcp.soap.Namespaces;
import dev.nettcp.soap.UniqueId;
import org.jspecify.annotations.Nullable;

/**
 * Adds the addressing headers that WCF gives a message on its way, if the sender has not set them.
 *
 * <pre>
 *                      client to server                           server to client
 *   request            MessageID, ReplyTo anonymous, To service   MessageID, ReplyTo service, To anonymous
 *   one-way            To service                                 To anonymous
 *   reply              RelatesTo, To service                      RelatesTo, To anonymous
 * </pre>
 *
 * In a streamed transfer mode the reply of a server has no To.
 *
 * @param to where messages of this side go; null: not said
 * @param replyTo where replies to its requests go
 */
record Addresser(@Nullable String to, String replyTo) {
    static Addresser ofClient(String service) {
        return new Addresser(service, Namespaces.ANONYMOUS);
    }

    static Addresser ofServer(String service) {
        return new Addresser(Namespaces.ANONYMOUS, service);
    }

    static Addresser ofStreamedServer(String service) {
        return new Addresser(null, service);
    }

    Message request(Message message) {
        Addressing given = message.addressing();
        UniqueId id = given.messageId();
        return message.withAddressing(new Addressing(
                given.action(),
                id == null ? UniqueId.next() : id,
                given.relatesTo(),
                or(given.replyTo(), replyTo),
                or(given.to(), to)));
    }

    Message oneWay(Message message) {
        Addressing given = message.addressing();
        return message.withAddressing(new Addressing(
                given.action(), given.messageId(), given.relatesTo(), given.replyTo(), or(given.to(), to)));
    }

    /** A reply names its request, whatever the handler set. */
    Message reply(Message message, Message request) {
        Addressing given = message.addressing();
        return message.withAddressing(new Addressing(
                given.action(),
                given.messageId(),
                request.addressing().messageId(),
                given.replyTo(),
                or(given.to(), to)));
    }

    private static @Nullable String or(@Nullable String given, @Nullable String otherwise) {
        return given == null ? otherwise : given;
    }
}
