package dev.nettcp.binding.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of an XML file. The file may come from a stranger: a document type is refused, so there are no entities and nothing else is
 * opened; size and depth are bounded.
 */
final class XmlFile {
    private static final long MAX_BYTES = 16L << 20;
    private static final int MAX_DEPTH = 64;

    private final String name;
    private final XMLStreamReader reader;

    private XmlFile(String name, XMLStreamReader reader) {
        this.name = name;
        this.reader = reader;
    }

    /** @throws IOException if it cannot be read */
    static XmlElement read(Path file) throws IOException {
        String name = file.toString();
        if (Files.size(file) > MAX_BYTES) {
            throw new AppConfigException(
                    name,
                    1,
                    "%d bytes are no configuration file; at most %d are read".formatted(Files.size(file), MAX_BYTES));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new XmlFile(name, factory().createXMLStreamReader(in)).root();
        } catch (XMLStreamException e) {
            Location at = e.getLocation();
            throw new AppConfigException(
                    name, at == null ? 1 : at.getLineNumber(), "this is not well-formed XML: " + firstLine(e), e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** The JDK puts the position in front, which is told anyway, and its own words on lines of their own. */
    private static String firstLine(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int text = message.indexOf("Message: ");
        return (text < 0 ? message : message.substring(text + "Message: ".length()))
                .lines()
                .findFirst()
                .orElse("");
    }

    private XmlElement root() throws XMLStreamException {
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            if (reader.getEventType() == XMLStreamConstants.DTD) {
                throw new AppConfigException(
                        name,
                        line(),
                        "a document type (<!DOCTYPE) is not read: configuration files have none; remove it");
            }
        }
        XmlElement root = element(1);
        while (reader.hasNext()) {
            reader.next(); // what is not well-formed behind the root is found
        }
        return root;
    }

    /** Stands on the start tag, and then on the end tag. */
    private XmlElement element(int depth) throws XMLStreamException {
        String elementName = reader.getLocalName();
        int line = line();
        if (depth > MAX_DEPTH) {
            throw new AppConfigException(name, line, "elements are nested deeper than " + MAX_DEPTH);
        }
        Map<String, String> attributes = attributes(elementName);
        List<XmlElement> children = new ArrayList<>();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
                children.add(element(depth + 1));
            }
        }
        return new XmlElement(name, line, elementName, attributes, List.copyOf(children));
    }

    private Map<String, String> attributes(String elementName) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            @Nullable String namespace = reader.getAttributeNamespace(i);
            if (namespace != null && !namespace.isEmpty()) {
                throw new AppConfigException(
                        name,
                        line(),
                        "<%s> has the attribute %s of the namespace %s. If this is a transformation (xdt), give the transformed file"
                                .formatted(elementName, reader.getAttributeLocalName(i), namespace));
            }
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }

    private int line() {
        return reader.getLocation().getLineNumber();
    }
}
