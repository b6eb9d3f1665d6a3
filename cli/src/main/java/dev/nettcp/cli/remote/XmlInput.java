package dev.nettcp.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.cli.CommandFailed;
import dev.nettcp.nbfx.BinaryXml;
import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import dev.nettcp.soap.ContentWriter;
import dev.nettcp.soap.Header;
import dev.nettcp.soap.XmlCopy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/** XML that somebody has written, as content of a message. It is read once, and written any number of times. */
final class XmlInput {

    private static final int MAX_BYTES = 64 << 20;
    private static final Set<String> SOAP =
            Set.of("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/");
    private static final Pattern NAME_AND_TEXT = Pattern.compile("(?:\\{([^}]*)})?([^=\\s<]+)=(.*)", Pattern.DOTALL);

    private final ByteBuffer binary;
    private final QName root;

    private XmlInput(ByteBuffer binary, QName root) {
        this.binary = binary;
        this.root = root;
    }

    /** The element in a file; {@code -} is standard input. */
    static XmlInput read(String file) {
        String title = file.equals("-") ? "standard input" : file;
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new CommandFailed("%s has more than %d bytes, the most that is sent".formatted(title, MAX_BYTES));
            }
            return of(bytes, title);
        } catch (NoSuchFileException e) {
            throw new CommandFailed("there is no file %s".formatted(title), e);
        } catch (IOException e) {
            throw new CommandFailed("%s cannot be read: %s".formatted(title, e.getMessage()), e);
        }
    }

    static XmlInput of(byte[] xml, String title) {
        try {
            BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
            writer.reset();
            BinaryXml.fromXml(factory().createXMLStreamReader(new ByteArrayInputStream(xml)), writer);
            byte[] bytes = new byte[writer.payload().remaining()];
            writer.payload().get(bytes);
            XmlInput input = new XmlInput(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), rootOf(bytes));
            if (SOAP.contains(input.root.getNamespaceURI())) {
                throw new CommandFailed(
                        "%s is a SOAP %s; give what is inside its Body: the envelope around it, and the headers of WS-Addressing, are made here"
                                .formatted(title, input.root.getLocalPart()));
            }
            return input;
        } catch (XMLStreamException e) {
            String message = String.valueOf(e.getMessage());
            int text = message.indexOf("Message: ");
            throw new CommandFailed(
                    "%s is no XML: line %d, column %d: %s"
                            .formatted(
                                    title,
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getLineNumber(),
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getColumnNumber(),
                                    text < 0 ? message : message.substring(text + "Message: ".length())),
                    e);
        }
    }

    /** A header: an element as XML, or {@code {namespace}name=text}. */
    static Header header(String written) {
        if (written.stripLeading().startsWith("<")) {
            XmlInput element = of(written.getBytes(UTF_8), "--header");
            return Header.of(element.root, element::writeInside);
        }
        Matcher matcher = NAME_AND_TEXT.matcher(written);
        if (!matcher.matches()) {
            throw new CommandFailed(
                    "--header '%s': write an element, <t:Tenant xmlns:t=\"urn:tenants\">7</t:Tenant>, or {urn:tenants}Tenant=7"
                            .formatted(written));
        }
        String namespace = matcher.group(1) == null ? "" : matcher.group(1);
        return Header.of(new QName(namespace, matcher.group(2), namespace.isEmpty() ? "" : "h"), matcher.group(3));
    }

    ContentWriter content() {
        return out -> XmlCopy.content(reader(), out);
    }

    /** Attributes and content of the root, which somebody else has begun. */
    private void writeInside(TypedXMLStreamWriter out) throws XMLStreamException {
        XMLStreamReader reader = reader();
        for (int k = 0; k < reader.getNamespaceCount(); k++) {
            String prefix = reader.getNamespacePrefix(k);
            if (prefix != null && !prefix.isEmpty() && !prefix.equals(root.getPrefix())) {
                out.writeNamespace(prefix, reader.getNamespaceURI(k));
            }
        }
        XmlCopy.attributes(reader, out, null);
        reader.next();
        XmlCopy.content(reader, out);
    }

    private XMLStreamReader reader() throws XMLStreamException {
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader();
        reader.reset(binary.duplicate(), Snapshot.NONE);
        reader.nextTag();
        return new EndingLikeAnElement(reader);
    }

    /** For who copies the content of an element: the end of the document is taken for that of an element around it. */
    private static final class EndingLikeAnElement extends StreamReaderDelegate {

        EndingLikeAnElement(XMLStreamReader reader) {
            super(reader);
        }

        @Override
        public int getEventType() {
            int event = super.getEventType();
            return event == END_DOCUMENT ? END_ELEMENT : event;
        }
    }

    private static QName rootOf(byte[] bytes) throws XMLStreamException {
        BinaryXmlStreamReader reader = new BinaryXmlStreamReader();
        reader.reset(ByteBuffer.wrap(bytes), Snapshot.NONE);
        reader.nextTag();
        return reader.getName();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        return factory;
    }
}
