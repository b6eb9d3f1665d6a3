package dev.nettcp.soap;

import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/** Writes the content of a body, a header or a fault's detail. May be called more than once, always with the same result. */
@FunctionalInterface
public interface ContentWriter {
    /**
     * Writes complete elements. A namespace that is used and not declared is declared by the writer.
     *
     * @throws XMLStreamException if the content cannot be written; nothing of the message is sent then
     */
    void writeTo(TypedXMLStreamWriter out) throws XMLStreamException;
}
