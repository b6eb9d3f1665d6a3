package dev.nettcp.capture;

import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** One message of a conversation. Its bytes are kept as long as it is; they are read whenever {@link #open} is called. */
public final class CapturedMessage {
    private static final String ACTION = "Action";
    private static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";
    private static final String OLD_ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

    /** Gives a reader at the beginning of the message. */
    interface Source {
        XMLStreamReader open() throws XMLStreamException;
    }

    private final String contentType;
    private final boolean sized;
    private final int size;
    private final int newStrings;
    private final boolean stringsLost;
    private final @Nullable Source source;
    private final Optional<String> action;
    private final Optional<String> problem;

    private CapturedMessage(
            String contentType,
            boolean sized,
            int size,
            int newStrings,
            boolean stringsLost,
            @Nullable Source source,
            Optional<String> action,
            Optional<String> problem) {
        this.contentType = contentType;
        this.sized = sized;
        this.size = size;
        this.newStrings = newStrings;
        this.stringsLost = stringsLost;
        this.source = source;
        this.action = action;
        this.problem = problem;
    }

    /** Reads the message once to see whether it can be read. */
    static CapturedMessage of(
            String contentType, boolean sized, int size, int newStrings, boolean stringsLost, Source source) {
        Optional<String> action = Optional.empty();
        Optional<String> problem = Optional.empty();
        try {
            action = readThrough(source.open());
        } catch (IllegalStateException e) {
            problem = Optional.of(String.valueOf(XmlProblem.in(e).getMessage()));
        } catch (XMLStreamException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
        return new CapturedMessage(contentType, sized, size, newStrings, stringsLost, source, action, problem);
    }

    static CapturedMessage unreadable(String contentType, boolean sized, int size, String problem) {
        return new CapturedMessage(contentType, sized, size, 0, false, null, Optional.empty(), Optional.of(problem));
    }

    private static Optional<String> readThrough(XMLStreamReader reader) throws XMLStreamException {
        Optional<String> action = Optional.empty();
        boolean inAction = false;
        while (reader.hasNext()) {
            int event = reader.next();
            String text = reader.hasText() ? reader.getText() : "";
            if (event == XMLStreamConstants.CHARACTERS && inAction) {
                action = Optional.of(text.strip());
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                for (int k = 0; k < reader.getAttributeCount(); k++) {
                    reader.getAttributeValue(k);
                }
            }
            inAction = event == XMLStreamConstants.START_ELEMENT && action.isEmpty() && isAction(reader);
        }
        return action;
    }

    private static boolean isAction(XMLStreamReader reader) {
        String namespace = reader.getNamespaceURI();
        return reader.getLocalName().equals(ACTION)
                && (ADDRESSING.equals(namespace) || OLD_ADDRESSING.equals(namespace));
    }

    /** What it is, as the preamble says, or as it looks where the preamble is not known. */
    public String contentType() {
        return contentType;
    }

    /** Whether it travelled as one sized envelope, or in chunks. */
    public boolean sized() {
        return sized;
    }

    /** Bytes of the envelope, the table of strings in front of the message included. */
    public int size() {
        return size;
    }

    /** Strings it added to those of its session, [MC-NBFSE]. */
    public int newStrings() {
        return newStrings;
    }

    /** Whether strings of the session were in what is missing, so that some may be shown as {@code unknown-string-7}. */
    public boolean stringsLost() {
        return stringsLost;
    }

    /** Text of its {@code wsa:Action} header. */
    public Optional<String> action() {
        return action;
    }

    /** Why it cannot be read, or not to its end. */
    public Optional<String> problem() {
        return problem;
    }

    /** A reader at the beginning of the message; empty if not even that much can be read. */
    public Optional<XMLStreamReader> open() throws XMLStreamException {
        return source == null ? Optional.empty() : Optional.of(source.open());
    }
}
