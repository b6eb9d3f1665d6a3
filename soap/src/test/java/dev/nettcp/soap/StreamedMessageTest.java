package dev.nettcp.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.nbfx.Quotas;
import dev.nettcp.testkit.Hex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.typed.TypedXMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are written and read piecemeal, and bytes as their content. */
class StreamedMessageTest {
    private final BinaryMessageEncoder encoder = BinaryMessageEncoder.sessionless(Quotas.STREAMED);

    private byte[] written(Message message) throws XMLStreamException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.write(message, out);
        return out.toByteArray();
    }

    private static Message upload(InputStream content) {
        return Message.of("urn:upload", out -> {
            out.writeStartElement("", "Upload", "urn:test");
            out.writeDefaultNamespace("urn:test");
            out.writeStartElement("", "data", "urn:test");
            BinaryContent.write(content, out);
            out.writeEndElement();
            out.writeEndElement();
        });
    }

    private static InputStream content(Message message) throws XMLStreamException {
        TypedXMLStreamReader reader = message.body();
        reader.nextTag();
        return BinaryContent.read(reader);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 7 + (i >> 8));
        }
        return bytes;
    }

    @Test
    void aMessageIsTheSameBytesStreamedOrNot() throws Exception {
        Message message =
                Message.of("urn:a", out -> ElementName.of("urn:test", "text").write(out, "hello"));
        assertThat(written(message)).isEqualTo(encoder.encode(message).toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 254, 255, 256, 257, 1000, 4352, 20_000, 69_888, 200_001})
    void bytesComeBackAsTheyWereWritten(int size) throws Exception {
        byte[] document = written(upload(new ByteArrayInputStream(bytes(size))));
        Message read = encoder.read(new OneAtATime(document), 65_536);
        assertThat(content(read).readAllBytes()).isEqualTo(bytes(size));
    }

    /** The records of .NET for a stream of 1000 bytes: 255, then 744, then 1 that ends the element. */
    @Test
    void blocksAreThoseOfWcf() throws Exception {
        String document = Hex.of(written(upload(new ByteArrayInputStream(bytes(1000)))));
        String whole = Hex.of(bytes(1000));
        assertThat(document)
                .endsWith("9eff" + whole.substring(0, 510) + "a0e802" + whole.substring(510, 1998) + "9f01"
                        + whole.substring(1998) + "010101");
    }

    @Test
    void whatASourceHasIsFlushedBeforeItIsWaitedFor() throws Exception {
        AtomicInteger flushedBeforeTheEnd = new AtomicInteger();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream source = new FilterInputStream(new ByteArrayInputStream(new byte[10])) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                if (count < 0) {
                    flushedBeforeTheEnd.set(out.size());
                }
                return count;
            }
        };
        encoder.write(upload(source), out);
        assertThat(flushedBeforeTheEnd.get()).isGreaterThan(9);
    }

    @Test
    void theHeadersAreReadBeforeTheBodyHasArrived() throws Exception {
        byte[] document = written(upload(new ByteArrayInputStream(bytes(5000))));
        InputStream beginning = new ByteArrayInputStream(Arrays.copyOf(document, 100));
        Message message = encoder.read(beginning, 65_536);
        assertThat(message.action()).isEqualTo("urn:upload");
        assertThatThrownBy(() -> content(message).readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsThereIsReadWithoutWaitingForMore() throws Exception {
        byte[] document = written(upload(new ByteArrayInputStream(bytes(1000)))); // records of 255, 744 and 1 byte
        int arrived = document.length - 753; // of the second record nothing
        InputStream slow = new ByteArrayInputStream(document, 0, arrived) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                if (available() == 0) {
                    throw new AssertionError("waits for what has not arrived");
                }
                return super.read(target, offset, length);
            }
        };
        InputStream content = content(encoder.read(slow, 65_536));

        assertThat(content.read(new byte[1000])).isEqualTo(255);
        assertThatThrownBy(content::read).isInstanceOf(AssertionError.class);
    }

    @Test
    void aSourceThatBreaksOffIsTold() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> written(upload(broken)))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void headersOverTheLimitAreRefusedAndTheBodyIsNotCounted() throws Exception {
        Header large = Header.of(new QName("urn:test", "large"), out -> out.writeCharacters("x".repeat(2000)));
        byte[] document =
                written(upload(new ByteArrayInputStream(bytes(10_000))).withHeader(large));
        assertThatThrownBy(() -> encoder.read(new ByteArrayInputStream(document), 1500))
                .isInstanceOf(HeadersTooLongException.class)
                .hasMessageContaining("1500");
        Message message = encoder.read(new ByteArrayInputStream(document), 2500);
        assertThat(content(message).readAllBytes()).hasSize(10_000);
    }

    @Test
    void closingAMessageClosesItsStream() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        InputStream in =
                new FilterInputStream(new ByteArrayInputStream(written(upload(InputStream.nullInputStream())))) {
                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                };
        try (Message message = encoder.read(in, 65_536)) {
            assertThat(message.isEmpty()).isFalse();
        }
        assertThat(closed).hasValue(1);
        Message.empty("urn:a").close();
    }

    @Test
    void messagesOfASessionAreNotStreamed() {
        BinaryMessageEncoder session = BinaryMessageEncoder.session(Quotas.BUFFERED);
        assertThatThrownBy(() -> session.write(Message.empty("urn:a"), new ByteArrayOutputStream()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> session.read(InputStream.nullInputStream(), 1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** Gives one byte for each call. */
    private static final class OneAtATime extends ByteArrayInputStream {
        OneAtATime(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
        }
    }
}
