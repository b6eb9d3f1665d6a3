package dev.nettcp.soap;

import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.dictionary.DictionaryString;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Writes envelopes in binary XML as WCF does, headers in this order:
 *
 * <pre>
 *   Action  own headers  MessageID  ReplyTo/Address  RelatesTo  To
 * </pre>
 *
 * Action and To must be understood. They go through the table of the session, but the action of a fault is spelt out.
 */
final class EnvelopeWriter {
    private static final DictionaryString ENVELOPE = DictionaryNames.entry("Envelope");
    private static final DictionaryString HEADER = DictionaryNames.entry("Header");
    private static final DictionaryString BODY = DictionaryNames.entry("Body");
    private static final DictionaryString ACTION = DictionaryNames.entry("Action");
    private static final DictionaryString MESSAGE_ID = DictionaryNames.entry("MessageID");
    private static final DictionaryString RELATES_TO = DictionaryNames.entry("RelatesTo");
    private static final DictionaryString REPLY_TO = DictionaryNames.entry("ReplyTo");
    private static final DictionaryString ADDRESS = DictionaryNames.entry("Address");
    private static final DictionaryString TO = DictionaryNames.entry("To");
    private static final DictionaryString MUST_UNDERSTAND = DictionaryNames.entry("mustUnderstand");
    private static final DictionaryString ANONYMOUS = DictionaryNames.entry(Namespaces.ANONYMOUS);

    private final BinaryXmlStreamWriter out;
    private final Function<String, DictionaryString> sessionTexts;

    /** @param sessionTexts a text as one that may go through the table of the session */
    EnvelopeWriter(BinaryXmlStreamWriter out, Function<String, DictionaryString> sessionTexts) {
        this.out = out;
        this.sessionTexts = sessionTexts;
    }

    void write(Message message) throws XMLStreamException {
        out.writeStartElement("s", ENVELOPE, DictionaryNames.ENVELOPE);
        out.writeNamespace("a", DictionaryNames.ADDRESSING);
        out.writeStartElement("s", HEADER, DictionaryNames.ENVELOPE);
        writeAction(message);
        for (Header header : message.headers()) {
            header.writeTo(out);
        }
        Addressing addressing = message.addressing();
        writeId(MESSAGE_ID, addressing.messageId());
        writeReplyTo(addressing.replyTo());
        writeId(RELATES_TO, addressing.relatesTo());
        writeTo(addressing.to());
        out.writeEndElement();
        out.writeStartElement("s", BODY, DictionaryNames.ENVELOPE);
        message.writeBody(out);
        out.writeEndDocument();
    }

    private void writeAction(Message message) throws XMLStreamException {
        String action = message.action();
        if (action.isEmpty()) {
            return;
        }
        start(ACTION);
        DictionaryNames.soapAttribute(out, MUST_UNDERSTAND, "1");
        if (message.isFault()) {
            out.writeCharacters(action);
        } else {
            out.writeCharacters(sessionTexts.apply(action));
        }
        out.writeEndElement();
    }

    private void writeId(DictionaryString header, @Nullable UniqueId id) throws XMLStreamException {
        if (id == null) {
            return;
        }
        start(header);
        if (id.uuid().isPresent()) {
            out.writeUniqueId(id.uuid().get());
        } else {
            out.writeCharacters(id.toString());
        }
        out.writeEndElement();
    }

    private void writeReplyTo(@Nullable String address) throws XMLStreamException {
        if (address == null) {
            return;
        }
        start(REPLY_TO);
        start(ADDRESS);
        if (address.equals(Namespaces.ANONYMOUS)) {
            out.writeCharacters(ANONYMOUS);
        } else {
            out.writeCharacters(address);
        }
        out.writeEndElement();
        out.writeEndElement();
    }

    private void writeTo(@Nullable String address) throws XMLStreamException {
        if (address == null) {
            return;
        }
        start(TO);
        DictionaryNames.soapAttribute(out, MUST_UNDERSTAND, "1");
        out.writeCharacters(address.equals(Namespaces.ANONYMOUS) ? ANONYMOUS : sessionTexts.apply(address));
        out.writeEndElement();
    }

    private void start(DictionaryString header) throws XMLStreamException {
        out.writeStartElement("a", header, DictionaryNames.ADDRESSING);
    }
}
