package dev.nettcp.binding;

import dev.nettcp.soap.BinaryContent;
import dev.nettcp.soap.Message;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/** Messages whose body is one element with another that holds any amount of bytes: {@code <stream><data>...</data></stream>}. */
final class StreamedMessages {
    private static final String NAMESPACE = "urn:test";

    private StreamedMessages() {}

    static Message message(String action, InputStream data) {
        return Message.of(action, out -> {
            out.writeStartElement("", "stream", NAMESPACE);
            out.writeDefaultNamespace(NAMESPACE);
            out.writeStartElement("", "data", NAMESPACE);
            BinaryContent.write(data, out);
            out.writeEndElement();
            out.writeEndElement();
        });
    }

    static InputStream data(Message message) throws XMLStreamException {
        TypedXMLStreamReader reader = message.body();
        reader.nextTag();
        return BinaryContent.read(reader);
    }

    /** So many bytes, each told by its place. */
    static final class Pattern extends InputStream {
        private final long length;
        private long at;

        Pattern(long length) {
            this.length = length;
        }

        static byte at(long place) {
            return (byte) (place * 31 + (place >>> 13));
        }

        @Override
        public int read() {
            return at == length ? -1 : at(at++) & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            if (at == length) {
                return -1;
            }
            int given = (int) Math.min(count, length - at);
            for (int i = 0; i < given; i++) {
                target[offset + i] = at(at + i);
            }
            at += given;
            return given;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, length - at);
        }
    }

    /** Reads to the end; how many bytes of the pattern there were. */
    static long count(InputStream in) throws IOException {
        byte[] block = new byte[16 * 1024];
        long place = 0;
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            for (int i = 0; i < count; i++, place++) {
                if (block[i] != Pattern.at(place)) {
                    throw new IOException("byte " + place + " is " + block[i]);
                }
            }
        }
        return place;
    }
}
