package dev.nettcp.interop.services;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.MessageSession;
import dev.nettcp.binding.Operations;
import dev.nettcp.soap.Message;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/**
 * Messages told apart by their action alone, as the {@code raw} scenarios of the .NET client want them: {@code urn:echo} sends the
 * body back, {@code urn:note} counts, {@code urn:count} tells the count of this session, {@code urn:push} sends as many
 * messages as its body says. Any other action is the fault ActionNotSupported.
 */
public final class RawService {

    static final String NAMESPACE = "urn:raw";

    private static final String NOTES = "notes";

    private RawService() {}

    public static MessageHandler handler() {
        return Operations.of(Map.of(
                "urn:echo", (message, session) -> echo(message),
                "urn:note", (message, session) -> note(session),
                "urn:count",
                        (message, session) -> number(
                                "urn:countResponse", "count", notes(session).get()),
                "urn:push", RawService::push));
    }

    private static Message echo(Message request) throws XMLStreamException {
        if (request.isEmpty()) {
            return Message.empty("urn:echoResponse");
        }
        Message kept = request.buffered();
        return Message.of("urn:echoResponse", kept::writeBody);
    }

    private static Message note(MessageSession session) {
        notes(session).incrementAndGet();
        return null;
    }

    private static Message push(Message request, MessageSession session) throws Exception {
        int count = request.body().getElementAsInt();
        for (int i = 0; i < count; i++) {
            session.send(number("urn:pushed", "pushed", i));
        }
        return null;
    }

    private static AtomicInteger notes(MessageSession session) {
        return (AtomicInteger) session.attributes().computeIfAbsent(NOTES, key -> new AtomicInteger());
    }

    private static Message number(String action, String element, int number) {
        return Message.of(action, out -> writeNumber(out, element, number));
    }

    private static void writeNumber(TypedXMLStreamWriter out, String element, int number) throws XMLStreamException {
        out.writeStartElement("", element, NAMESPACE);
        out.writeDefaultNamespace(NAMESPACE);
        out.writeInt(number);
        out.writeEndElement();
    }
}
