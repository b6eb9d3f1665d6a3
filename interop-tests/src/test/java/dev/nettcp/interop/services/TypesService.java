package dev.nettcp.interop.services;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.Operations;
import dev.nettcp.soap.ContentWriter;
import dev.nettcp.soap.Message;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/** The operations of the peers' contract ITypes that need nothing but strings and bytes: EchoString, EchoBytes, MakeBytes. */
public final class TypesService {

    static final String NAMESPACE = "http://example.org/nettcp/contract";

    private TypesService() {}

    public static MessageHandler handler() {
        return Operations.of(Map.of(
                action("EchoString"),
                        (message, session) -> {
                            String value = argument(message).getElementText();
                            return reply("EchoString", out -> out.writeCharacters(value));
                        },
                action("EchoBytes"),
                        (message, session) -> {
                            byte[] value = argument(message).getElementAsBinary();
                            return reply("EchoBytes", out -> out.writeBinary(value, 0, value.length));
                        },
                action("MakeBytes"),
                        (message, session) -> {
                            byte[] value = payload(argument(message).getElementAsInt());
                            return reply("MakeBytes", out -> out.writeBinary(value, 0, value.length));
                        }));
    }

    /** A request of the contract with one argument. */
    public static Message request(String operation, String argument, ContentWriter value) {
        return Message.of(action(operation), element(operation, argument, value));
    }

    /** A reader on the element that holds the result of an operation. */
    public static TypedXMLStreamReader result(Message reply) throws XMLStreamException {
        return argument(reply);
    }

    /** What the peers fill arrays with. */
    public static byte[] payload(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((i * 31L + 7) % 251);
        }
        return bytes;
    }

    private static TypedXMLStreamReader argument(Message message) throws XMLStreamException {
        TypedXMLStreamReader reader = message.body();
        reader.nextTag();
        return reader;
    }

    private static Message reply(String operation, ContentWriter value) {
        return Message.of(action(operation) + "Response", element(operation + "Response", operation + "Result", value));
    }

    private static ContentWriter element(String name, String child, ContentWriter value) {
        return out -> {
            out.writeStartElement("", name, NAMESPACE);
            out.writeDefaultNamespace(NAMESPACE);
            out.writeStartElement("", child, NAMESPACE);
            value.writeTo(out);
            out.writeEndElement();
            out.writeEndElement();
        };
    }

    private static String action(String operation) {
        return NAMESPACE + "/ITypes/" + operation;
    }
}
