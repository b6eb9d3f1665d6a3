package dev.nettcp.soap;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A header of one's own, beside those of WS-Addressing. Immutable; a header that was received can be put into another
 * message as it is.
 */
public final class Header {
    private static final DictionaryString ROLE = DictionaryNames.entry("role");
    private static final DictionaryString MUST_UNDERSTAND = DictionaryNames.entry("mustUnderstand");
    private static final DictionaryString RELAY = DictionaryNames.entry("relay");

    private final QName name;
    private final boolean mustUnderstand;
    private final @Nullable String role;
    private final boolean relay;
    private final ContentWriter content;

    Header(QName name, boolean mustUnderstand, @Nullable String role, boolean relay, ContentWriter content) {
        this.name = name;
        this.mustUnderstand = mustUnderstand;
        this.role = role;
        this.relay = relay;
        this.content = content;
    }

    /**
     * A header that need not be understood.
     *
     * @param name the element; its prefix is kept where it has one
     * @param content writes the element's own attributes and its content
     */
    public static Header of(QName name, ContentWriter content) {
        return new Header(name, false, null, false, content);
    }

    /** A header with a text as its content. */
    public static Header of(QName name, String text) {
        return of(name, out -> out.writeCharacters(text));
    }

    /** The same header, to be refused by a receiver that does not understand it. */
    public Header mustBeUnderstood() {
        return new Header(name, true, role, relay, content);
    }

    /** The same header for receivers that act in a role, given as a URI. */
    public Header forRole(String uri) {
        return new Header(name, mustUnderstand, uri, relay, content);
    }

    /** The same header, to be passed on by an intermediary that does not understand it. */
    public Header relayed() {
        return new Header(name, mustUnderstand, role, true, content);
    }

    /** The name of the element. */
    public QName name() {
        return name;
    }

    /** Whether a receiver that does not understand the header must refuse the message. */
    public boolean mustUnderstand() {
        return mustUnderstand;
    }

    /** For whom the header is, if not for the ultimate receiver. */
    public Optional<String> role() {
        return Optional.ofNullable(role);
    }

    /** Whether an intermediary passes it on without understanding it. */
    public boolean relay() {
        return relay;
    }

    /** A new reader on the start of the header's element. */
    public TypedXMLStreamReader reader() throws XMLStreamException {
        return XmlContent.of(this::writeTo).reader();
    }

    /** The text of a header that has no child elements. */
    public String text() throws XMLStreamException {
        return reader().getElementText();
    }

    /** Writes the element, in the order of attributes that WCF has. */
    void writeTo(TypedXMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement(name.getPrefix(), name.getLocalPart(), name.getNamespaceURI());
        if (role != null) {
            DictionaryNames.soapAttribute(out, ROLE, role);
        }
        if (mustUnderstand) {
            DictionaryNames.soapAttribute(out, MUST_UNDERSTAND, "1");
        }
        if (relay) {
            DictionaryNames.soapAttribute(out, RELAY, "1");
        }
        content.writeTo(out);
        out.writeEndElement();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
