package dev.nettcp.interop.services;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.Operations;
import dev.nettcp.soap.BinaryContent;
import dev.nettcp.soap.ContentWriter;
import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.codehaus.stax2.typed.TypedXMLStreamWriter;

/** The operations of the peers' contract IStreaming, as a server, and its messages. */
public final class StreamingService {

    private static final String NAMESPACE = Operation.NAMESPACE;
    private static final String DATA = Operation.DATA;

    private StreamingService() {}

    public static MessageHandler handler() {
        return Operations.of(Map.of(
                action("EchoString"),
                        (message, session) -> {
                            String value = argument(message).getElementText();
                            return reply("EchoString", out -> out.writeCharacters(value));
                        },
                action("Download"),
                        (message, session) -> {
                            long length = argument(message).getElementAsLong();
                            return reply("Download", out -> BinaryContent.write(new Pattern(length), out));
                        },
                action("Upload"), (message, session) -> uploaded(message),
                action("EchoStream"),
                        (message, session) -> {
                            byte[] all = stream(message).readAllBytes(); // a .NET client reads when it has written
                            return reply("EchoStream", out -> BinaryContent.write(new ByteArrayInputStream(all), out));
                        },
                action("Divide"), Division.in("IStreaming")));
    }

    // ---- messages, for either side

    /** {@code <operation><name>value</name></operation>}. */
    public static Message request(String operation, String name, ContentWriter value) {
        return Message.of(action(operation), wrapped(operation, out -> element(name, value, out)));
    }

    /** An upload, whose name of the file is a header. */
    public static Message upload(String fileName, InputStream content) {
        return Message.of(
                        action("Upload"),
                        wrapped(
                                "UploadRequest",
                                out -> element("Content", to -> BinaryContent.write(content, to), out)))
                .withHeader(Header.of(new QName(DATA, "FileName", "h"), fileName));
    }

    public static Message divide(int dividend, int divisor) {
        return Message.of(action("Divide"), wrapped("Divide", out -> {
            element("dividend", to -> to.writeInt(dividend), out);
            element("divisor", to -> to.writeInt(divisor), out);
        }));
    }

    /** A reader on the first element in the body's element. */
    public static TypedXMLStreamReader argument(Message message) throws XMLStreamException {
        TypedXMLStreamReader reader = message.body();
        reader.nextTag();
        return reader;
    }

    /** The stream in the body's element. */
    public static InputStream stream(Message message) throws XMLStreamException {
        return BinaryContent.read(argument(message));
    }

    /** How many bytes there are, and their digest. */
    public static String sha1(InputStream bytes) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            byte[] block = new byte[64 * 1024];
            long length = 0;
            for (int count = bytes.read(block); count >= 0; count = bytes.read(block)) {
                digest.update(block, 0, count);
                length += count;
            }
            return length + " " + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- operations

    private static Message uploaded(Message request) throws Exception {
        String name = request.header(new QName(DATA, "FileName")).orElseThrow().text();
        String found = sha1(stream(request));
        int space = found.indexOf(' ');
        long length = Long.parseLong(found.substring(0, space));
        return Message.of(action("Upload") + "Response", wrapped("UploadResult", out -> {
            element("FileName", to -> to.writeCharacters(name), out);
            element("Length", to -> to.writeLong(length), out);
            element("Sha1", to -> to.writeCharacters(found.substring(space + 1)), out);
        }));
    }

    private static Message reply(String operation, ContentWriter value) {
        return Message.of(
                action(operation) + "Response",
                wrapped(operation + "Response", out -> element(operation + "Result", value, out)));
    }

    private static ContentWriter wrapped(String name, ContentWriter content) {
        return out -> {
            out.writeStartElement("", name, NAMESPACE);
            out.writeDefaultNamespace(NAMESPACE);
            content.writeTo(out);
            out.writeEndElement();
        };
    }

    private static void element(String name, ContentWriter value, TypedXMLStreamWriter out) throws XMLStreamException {
        out.writeStartElement("", name, NAMESPACE);
        value.writeTo(out);
        out.writeEndElement();
    }

    private static String action(String operation) {
        return NAMESPACE + "/IStreaming/" + operation;
    }

    /** What the peers fill streams with: byte i is (31 i + 7) mod 251. */
    public static final class Pattern extends InputStream {

        private final long length;
        private long at;

        public Pattern(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return at == length ? -1 : (int) ((at++ * 31 + 7) % 251);
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            if (at == length) {
                return -1;
            }
            int given = (int) Math.min(count, length - at);
            for (int i = 0; i < given; i++) {
                target[offset + i] = (byte) ((at++ * 31 + 7) % 251);
            }
            return given;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, length - at);
        }
    }
}
