package dev.nettcp.soap;

import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/** A piece of XML that can be written and read any number of times. Immutable. */
public final class XmlContent {
    private final ContentWriter writer;

    private XmlContent(ContentWriter writer) {
        this.writer = writer;
    }

    /** What {@code writer} writes. */
    public static XmlContent of(ContentWriter writer) {
        return new XmlContent(writer);
    }

    /** Writes the elements. */
    public void writeTo(TypedXMLStreamWriter out) throws XMLStreamException {
        writer.writeTo(out);
    }

    /** A new reader on the start of the first element; behind the last one it meets the end of an element around them. */
    public TypedXMLStreamReader reader() throws XMLStreamException {
        return Fragment.of(writer).reader();
    }
}
