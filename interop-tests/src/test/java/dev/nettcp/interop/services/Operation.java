package dev.nettcp.interop.services;

import dev.nettcp.soap.ContentWriter;
import dev.nettcp.soap.Message;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/**
 * An operation of a contract of the peers and how its messages look: {@code <Add><amount>1</amount></Add>}, answered with
 * {@code <AddResponse><AddResult>3</AddResult></AddResponse>}.
 */
public record Operation(String contract, String name) {

    /** Of all contracts. */
    public static final String NAMESPACE = "http://example.org/nettcp/contract";

    /** Of data and of faults. */
    public static final String DATA = "http://example.org/nettcp/data";

    /** A part of a message: an element and what is in it. */
    public record Part(String name, ContentWriter content) {}

    public static Part part(String name, ContentWriter content) {
        return new Part(name, content);
    }

    public static Part part(String name, int number) {
        return new Part(name, out -> out.writeInt(number));
    }

    public static Part part(String name, String text) {
        return new Part(name, out -> out.writeCharacters(text));
    }

    public String action() {
        return NAMESPACE + "/" + contract + "/" + name;
    }

    public Message request(Part... arguments) {
        return Message.of(action(), wrapped(name, arguments));
    }

    /** An answer with these parts. */
    public Message response(Part... parts) {
        return Message.of(action() + "Response", wrapped(name + "Response", parts));
    }

    /** An answer with a result alone. */
    public Message result(ContentWriter value) {
        return response(part(name + "Result", value));
    }

    /** A reader on the first part of a message. */
    public static TypedXMLStreamReader parts(Message message) throws XMLStreamException {
        TypedXMLStreamReader reader = message.body();
        reader.nextTag();
        return reader;
    }

    private static ContentWriter wrapped(String wrapper, Part... parts) {
        return out -> {
            out.writeStartElement("", wrapper, NAMESPACE);
            out.writeDefaultNamespace(NAMESPACE);
            for (Part part : parts) {
                write(part, out);
            }
            out.writeEndElement();
        };
    }

    private static void write(Part part, TypedXMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement("", part.name(), NAMESPACE);
        part.content().writeTo(out);
        out.writeEndElement();
    }
}
