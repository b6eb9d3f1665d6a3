package dev.nettcp.nbfx;

import java.io.StringReader;
import java.nio.ByteBuffer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Binary XML to text and back, in one call each; with the static dictionary of SOAP and without a session.
 *
 * <pre>{@code
 * String text = BinaryXml.toXml(bytes);
 * byte[] bytes = BinaryXml.fromXml("<order><item>7</item></order>");
 * }</pre>
 */
public final class BinaryXml {
    private BinaryXml() {}

    /** The document as text, without a declaration. */
    public static String toXml(byte[] document) throws XMLStreamException {
        return toXml(new BinaryXmlStreamReader().reset(document, 0, document.length));
    }

    /** What is left to read, as text; for a reader with another dictionary, a session or quotas. */
    public static String toXml(BinaryXmlStreamReader reader) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        XmlText out = new XmlText(text);
        try {
            while (reader.hasNext()) {
                reader.next();
                out.write(reader);
            }
        } catch (IllegalStateException e) {
            throw problem(e);
        }
        return text.toString();
    }

    /** Of calls that may not throw what is wrong with a value this is the cause. */
    private static XMLStreamException problem(IllegalStateException e) {
        if (e.getCause() instanceof XMLStreamException problem) {
            return problem;
        }
        throw e;
    }

    /** A document of text in binary form. Document types and processing instructions have none and are refused. */
    public static byte[] fromXml(String text) throws XMLStreamException {
        XMLStreamReader reader = textFactory().createXMLStreamReader(new StringReader(text));
        try {
            BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
            fromXml(reader, writer);
            ByteBuffer document = writer.payload();
            byte[] bytes = new byte[document.remaining()];
            document.get(bytes);
            return bytes;
        } finally {
            reader.close();
        }
    }

    /** Copies what is left to read to a writer, whose document it does not end. */
    public static void fromXml(XMLStreamReader reader, BinaryXmlStreamWriter writer) throws XMLStreamException {
        try {
            while (reader.hasNext()) {
                reader.next();
                EventCopy.copy(reader, writer);
            }
        } catch (IllegalStateException e) {
            throw problem(e);
        }
    }

    private static XMLInputFactory textFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false); // it is refused, but would be fetched before
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
