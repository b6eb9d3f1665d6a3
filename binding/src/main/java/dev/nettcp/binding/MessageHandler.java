package dev.nettcp.binding;

import dev.nettcp.soap.Message;
import org.jspecify.annotations.Nullable;

/**
 * Handles the messages that the other side of a session starts: requests and one-way messages at a server, messages pushed by the
 * server and its calls back at a client. The messages of one session come one after the other and in order, except that the next one
 * comes while a handler waits in {@link MessageSession#request}; those of different sessions come at the same time.
 */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Handles one message. May block, and may call the other side on {@code session} meanwhile.
     *
     * @return the reply, whose RelatesTo and To are added; null if there is none. What is returned for a one-way message is an
     *     error of the handler
     * @throws SoapFaultException to answer with this fault; the session can be used on
     * @throws javax.xml.stream.XMLStreamException if the body is not what was expected: the answer is the fault DeserializationFailed,
     *     then the session ends
     * @throws Exception anything else: the answer is the fault InternalServiceFault, then the session ends
     */
    @Nullable
    Message handle(Message message, MessageSession session) throws Exception;
}
