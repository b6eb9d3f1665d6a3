package dev.nettcp.soap;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/**
 * The content of an element as a stream of bytes: what a {@code Stream} parameter is in WCF. Any amount of bytes takes the memory of one
 * block, as long as the message itself is streamed.
 *
 * <pre>
 * Message upload = Message.of(action, out -&gt; {
 *     out.writeStartElement("", "Upload", NAMESPACE);
 *     out.writeDefaultNamespace(NAMESPACE);
 *     out.writeStartElement("", "data", NAMESPACE);
 *     BinaryContent.write(file, out);
 *     out.writeEndElement();
 *     out.writeEndElement();
 * });
 * </pre>
 */
public final class BinaryContent {
    private static final int FIRST_BLOCK = 256;
    private static final int LARGEST_BLOCK = 64 * 1024;
    private static final int GROWTH = 16;

    private BinaryContent() {}

    /**
     * Writes what a stream gives, to its end, into the current element. Blocks are those of WCF: at most 256 bytes, then 4096, then 65 536. When
     * the stream has no more to give for now, what was written goes out before it is asked again. The stream is not closed, and cannot be
     * written a second time: the message can be sent once.
     *
     * @throws XMLStreamException if the stream cannot be read, or its bytes not be written
     */
    public static void write(InputStream from, TypedXMLStreamWriter to) throws XMLStreamException {
        try {
            byte[] block = new byte[FIRST_BLOCK];
            for (int count = from.read(block); count >= 0; count = from.read(block)) {
                to.writeBinary(block, 0, count);
                if (count < block.length) {
                    flushIfItWillWait(from, to);
                } else if (block.length < LARGEST_BLOCK) {
                    block = new byte[GROWTH * block.length];
                }
            }
        } catch (IOException e) {
            throw new XMLStreamException("the content of an element cannot be read: " + e.getMessage(), e);
        }
    }

    private static void flushIfItWillWait(InputStream from, TypedXMLStreamWriter to)
            throws IOException, XMLStreamException {
        if (from.available() == 0) {
            to.flush();
        }
    }

    /**
     * What the element at whose start the reader stands contains, as a stream that reads it as it goes. Not base64: the bytes. What is there is
     * returned, and more of it waited for only if nothing is. Read the message to its end, or close the message.
     */
    public static InputStream read(TypedXMLStreamReader onStartElement) {
        return new ContentStream(onStartElement);
    }

    private static final class ContentStream extends InputStream {
        private final TypedXMLStreamReader reader;

        ContentStream(TypedXMLStreamReader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            try {
                return reader.readElementAsBinary(target, offset, length);
            } catch (XMLStreamException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
