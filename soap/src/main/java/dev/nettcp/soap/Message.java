package dev.nettcp.soap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/**
 * A SOAP 1.2 message with its WS-Addressing 1.0 headers.
 *
 * <p>A message that is made here, by {@link #of} and its siblings, is immutable and can be sent any number of times. The body of a
 * message that was received is read from its bytes as it goes, and only once: by {@link #body}, {@link #fault} or
 * {@link #writeBody}; {@link #buffered()} gives a message whose body can be read again and again.
 *
 * <p>The body of a message that was received in a streamed transfer mode is read while it arrives, and keeps its connection until it has been
 * read to its end or the message is {@linkplain #close closed}. For all other messages closing does nothing.
 */
public final class Message implements AutoCloseable {
    private final Addressing addressing;
    private final List<Header> headers;
    private final Body body;

    Message(Addressing addressing, List<Header> headers, Body body) {
        this.addressing = addressing;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /** A message with a body. */
    public static Message of(String action, ContentWriter body) {
        return new Message(Addressing.of(action), List.of(), new Body.Written(body));
    }

    /** A message with nothing in its body. */
    public static Message empty(String action) {
        return new Message(Addressing.of(action), List.of(), new Body.Empty());
    }

    /**
     * A message that carries a fault.
     *
     * @param action by which a client finds the type of the detail; {@link FaultCodes#SOAP_FAULT_ACTION} if there is none
     */
    public static Message fault(String action, SoapFault fault) {
        return new Message(Addressing.of(action), List.of(), new Body.Fault(fault));
    }

    /** The headers of WS-Addressing. */
    public Addressing addressing() {
        return addressing;
    }

    /** What the message is about; empty if it does not say. */
    public String action() {
        return addressing.action();
    }

    /** The message's own name; one that expects a reply has it. */
    public Optional<UniqueId> messageId() {
        return Optional.ofNullable(addressing.messageId());
    }

    /** The message that this one is the reply to. */
    public Optional<UniqueId> relatesTo() {
        return Optional.ofNullable(addressing.relatesTo());
    }

    /** Where the reply goes. */
    public Optional<String> replyTo() {
        return Optional.ofNullable(addressing.replyTo());
    }

    /** Where the message goes. */
    public Optional<String> to() {
        return Optional.ofNullable(addressing.to());
    }

    /** The headers beside those of WS-Addressing, in the order of the message. */
    public List<Header> headers() {
        return headers;
    }

    /** The first header with this name. */
    public Optional<Header> header(QName name) {
        return headers.stream().filter(header -> header.name().equals(name)).findFirst();
    }

    /** The same message with other addressing headers. The body is shared with this message. */
    public Message withAddressing(Addressing other) {
        return new Message(other, headers, body);
    }

    /** The same message with one more header. The body is shared with this message. */
    public Message withHeader(Header header) {
        List<Header> more = new ArrayList<>(headers);
        more.add(header);
        return new Message(addressing, more, body);
    }

    /** Whether there is nothing in the body. */
    public boolean isEmpty() {
        return body.isEmpty();
    }

    /** Whether the body holds a fault. The body decides, not the action. */
    public boolean isFault() {
        return body.isFault();
    }

    /**
     * A reader on the start of the first element of the body. Behind the last one it meets the end of the Body element, which is
     * as far as it may be read.
     *
     * @throws XMLStreamException if the body is empty, which who received the message cannot know
     * @throws IllegalStateException if the message was received and its body has been read already
     */
    public TypedXMLStreamReader body() throws XMLStreamException {
        if (isEmpty()) {
            throw new XMLStreamException("the message " + action() + " has an empty body");
        }
        return body.reader();
    }

    /** Writes what is in the body; nothing if it is empty. */
    public void writeBody(TypedXMLStreamWriter out) throws XMLStreamException {
        body.writeTo(out);
    }

    /**
     * The fault in the body.
     *
     * @throws IllegalStateException if there is none, or the message was received and has been read already
     */
    public SoapFault fault() throws XMLStreamException {
        if (!isFault()) {
            throw new IllegalStateException("the message " + action() + " carries no fault");
        }
        return body.fault();
    }

    /** This message, with a body that can be read any number of times. Reads the body of a message that was received. */
    public Message buffered() throws XMLStreamException {
        return body instanceof Body.Received ? new Message(addressing, headers, body.buffered()) : this;
    }

    /** Gives up what has not been read of a streamed body. May be called more than once, and for any message. */
    @Override
    public void close() {
        body.close();
    }

    /** The action and the ids; nothing of the body. */
    @Override
    public String toString() {
        return "Message[" + action() + messageId().map(id -> ", id " + id).orElse("")
                + relatesTo().map(id -> ", relates to " + id).orElse("") + (isFault() ? ", fault]" : "]");
    }
}
