package dev.nettcp.nbfx;

import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;

/** The bytes are no binary XML document, or not one that this reader may read. */
public class BinaryXmlException extends XMLStreamException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String path;

    /**
     * @param offset of the byte at which the document went wrong, from its first one
     * @param path of the element open there, as {@code /s:Envelope/s:Body}; empty outside the root
     */
    public BinaryXmlException(String message, long offset, String path) {
        super(message + " (byte " + offset + (path.isEmpty() ? "" : ", in " + path) + ")");
        this.offset = offset;
        this.path = path;
    }

    @Override
    public Location getLocation() {
        return new ByteLocation(offset);
    }

    /** Offset of the byte at which the document went wrong, from the first byte of the document. */
    public long offset() {
        return offset;
    }

    /** The element open there, as {@code /s:Envelope/s:Body}; empty outside the root. */
    public String path() {
        return path;
    }
}
