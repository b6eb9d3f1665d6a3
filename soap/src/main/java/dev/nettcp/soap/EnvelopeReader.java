package dev.nettcp.soap;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an envelope as far as the first element of the body.
 *
 * <pre>
 *   s:Envelope
 *     [s:Header  a:Action, a:MessageID, a:RelatesTo, a:ReplyTo, a:To, others, in any order]
 *     s:Body     content
 * </pre>
 *
 * What follows the body's content is not looked at.
 */
final class EnvelopeReader {
    private static final String REPLY = Namespaces.ADDRESSING + "/reply";

    private final TypedXMLStreamReader in;
    private final List<Header> headers = new ArrayList<>();
    private @Nullable String action;
    private @Nullable UniqueId messageId;
    private @Nullable UniqueId relatesTo;
    private @Nullable String replyTo;
    private @Nullable String to;

    private final @Nullable Closeable source;

    private EnvelopeReader(TypedXMLStreamReader in, @Nullable Closeable source) {
        this.in = in;
        this.source = source;
    }

    /** An envelope all of whose bytes are there. */
    static Message read(TypedXMLStreamReader in) throws InvalidMessageException {
        return read(in, null);
    }

    /** @param source what the reader reads from; closed with the message */
    static Message read(TypedXMLStreamReader in, @Nullable Closeable source) throws InvalidMessageException {
        try {
            return new EnvelopeReader(in, source).read();
        } catch (XMLStreamException
                | IllegalStateException e) { // the latter from calls that StAX lets throw nothing else
            throw new InvalidMessageException("the envelope cannot be read: " + e.getMessage(), e);
        }
    }

    private Message read() throws XMLStreamException, InvalidMessageException {
        if (!toChild("the document") || !is("Envelope")) {
            throw new InvalidMessageException("the root is not the Envelope of SOAP 1.2 but " + where());
        }
        boolean child = toChild("Envelope");
        if (child && is("Header")) {
            while (toChild("Header")) {
                readHeader();
            }
            child = toChild("Envelope");
        }
        if (!child || !is("Body")) {
            throw new InvalidMessageException("a Body was expected, there is " + where());
        }
        Addressing addressing = new Addressing(action == null ? "" : action, messageId, relatesTo, replyTo, to);
        return new Message(addressing, headers, readBody());
    }

    /** Leaves the reader on the first element; an error there belongs to the body and waits until that is read. */
    private Body readBody() throws XMLStreamException, InvalidMessageException {
        try {
            do {
                in.next();
            } while (!in.isStartElement() && !in.isEndElement() && !isText());
        } catch (XMLStreamException e) {
            return new Body.Broken(e);
        }
        if (in.isEndElement()) {
            readToTheEnd();
            return new Body.Empty();
        }
        return new Body.Received(in, in.isStartElement() && is("Fault"), source);
    }

    /** Only behind an empty body, where nobody will read on, what follows is looked at. */
    private void readToTheEnd() throws XMLStreamException, InvalidMessageException {
        if (toChild("Envelope")) {
            throw new InvalidMessageException(where() + " behind the Body");
        }
        if (toChild("the document")) {
            throw new InvalidMessageException("a second document behind the envelope");
        }
    }

    private void readHeader() throws XMLStreamException, InvalidMessageException {
        if (!Namespaces.ADDRESSING.equals(in.getNamespaceURI())) {
            headers.add(readOwnHeader());
            return;
        }
        mustUnderstand();
        switch (in.getLocalName()) {
            case "Action" -> action = once("Action", action, in.getElementText());
            case "MessageID" -> messageId = once("MessageID", messageId, UniqueId.parse(in.getElementText()));
            case "RelatesTo" -> readRelatesTo();
            case "ReplyTo" -> replyTo = once("ReplyTo", replyTo, readAddress());
            case "To" -> to = once("To", to, AbsoluteUri.checked(in.getElementText()));
            default -> headers.add(readOwnHeader()); // From, FaultTo
        }
    }

    private static <T> T once(String header, @Nullable T before, T now) throws InvalidMessageException {
        if (before != null) {
            throw new InvalidMessageException("the header " + header + " is there twice");
        }
        return now;
    }

    /** A relationship other than "is the reply to", which is the one meant if none is named, relates nothing here. */
    private void readRelatesTo() throws XMLStreamException, InvalidMessageException {
        String type = in.getAttributeValue(null, "RelationshipType");
        UniqueId id = UniqueId.parse(in.getElementText());
        if (type == null || type.equals(REPLY)) {
            relatesTo = once("RelatesTo", relatesTo, id);
        }
    }

    /** Of an endpoint reference only the address counts; identity and reference parameters are passed over. */
    private String readAddress() throws XMLStreamException {
        String address = "";
        while (FaultXml.toChild(in)) {
            if (in.getLocalName().equals("Address") && Namespaces.ADDRESSING.equals(in.getNamespaceURI())) {
                address = in.getElementText();
            } else {
                FaultXml.skip(in);
            }
        }
        return address;
    }

    private Header readOwnHeader() throws XMLStreamException, InvalidMessageException {
        QName name = in.getName();
        boolean mustUnderstand = mustUnderstand();
        boolean relay = flag("relay");
        String role = in.getAttributeValue(Namespaces.ENVELOPE, "role");
        return new Header(name, mustUnderstand, role, relay, Fragment.of(out -> {
            XmlCopy.declarations(in, out);
            XmlCopy.attributes(in, out, Namespaces.ENVELOPE);
            in.next();
            XmlCopy.content(in, out);
        }));
    }

    private boolean mustUnderstand() throws InvalidMessageException {
        return flag("mustUnderstand");
    }

    private boolean flag(String attribute) throws InvalidMessageException {
        String value = in.getAttributeValue(Namespaces.ENVELOPE, attribute);
        return value != null
                && switch (value.trim()) {
                    case "1", "true" -> true;
                    case "0", "false" -> false;
                    default -> throw new InvalidMessageException("s:" + attribute + "=\"" + value + "\" is no boolean");
                };
    }

    private boolean is(String name) {
        return in.getLocalName().equals(name) && Namespaces.ENVELOPE.equals(in.getNamespaceURI());
    }

    /** As {@link FaultXml#toChild}, but text between the elements is an error. */
    private boolean toChild(String parent) throws XMLStreamException, InvalidMessageException {
        while (true) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                default -> {
                    if (isText()) {
                        throw new InvalidMessageException("text between the elements of " + parent);
                    }
                }
            }
        }
    }

    private boolean isText() {
        return in.isCharacters() && !in.isWhiteSpace();
    }

    private String where() {
        return in.isStartElement() ? in.getName().toString() : "nothing";
    }
}
