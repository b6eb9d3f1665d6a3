package dev.nettcp.benchmarks.codec;

import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;

/**
 * Binary XML in the steady state of a session: the first message has announced its strings, the ones measured only name them. What is
 * written is the whole payload of an envelope, with the size of its (empty) table of strings.
 */
final class NetTcpCodec implements Codec {
    private final NetTcpWriting writing;
    private final SessionWriterDictionary sent = new SessionWriterDictionary();
    private final SessionReaderDictionary received = new SessionReaderDictionary();
    private final BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader();
    private final Reading reading = new Reading(reader);
    private final Sample sample;
    private final byte[] payload;
    private ByteBuffer written = ByteBuffer.allocate(0);

    NetTcpCodec(Sample sample) throws XMLStreamException {
        this.sample = sample;
        writing = new NetTcpWriting(sample);
        write();
        received.readTable(written.duplicate());
        write();
        payload = document();
    }

    @Override
    public int write() throws XMLStreamException {
        writer.reset(sent);
        writing.message(writer);
        written = writer.payload();
        return written.remaining();
    }

    @Override
    public Content read() throws XMLStreamException {
        ByteBuffer envelope = ByteBuffer.wrap(payload);
        received.readTable(envelope);
        reader.reset(envelope, received.snapshot());
        return reading.message(sample);
    }

    @Override
    public byte[] document() {
        byte[] bytes = new byte[written.remaining()];
        written.duplicate().get(bytes);
        return bytes;
    }

    private static final class Reading extends StaxReading<BinaryXmlStreamReader> {
        Reading(BinaryXmlStreamReader in) {
            super(in);
        }

        @Override
        int intValue() throws XMLStreamException {
            return in.getElementAsInt();
        }

        @Override
        long longValue() throws XMLStreamException {
            return in.getElementAsLong();
        }

        @Override
        float floatValue() throws XMLStreamException {
            return in.getElementAsFloat();
        }

        @Override
        double doubleValue() throws XMLStreamException {
            return in.getElementAsDouble();
        }

        @Override
        boolean booleanValue() throws XMLStreamException {
            return in.getElementAsBoolean();
        }

        @Override
        Instant instantValue() throws XMLStreamException {
            return in.getElementAsDateTime().toInstant();
        }

        @Override
        UUID uuidValue() throws XMLStreamException {
            return in.getElementAsUuid();
        }

        @Override
        byte[] bytesValue() throws XMLStreamException {
            return in.getElementAsBinary();
        }

        @Override
        int[] ints() throws XMLStreamException {
            in.next();
            return in.readIntElements(Names.ARRAYS, "int");
        }

        @Override
        double[] doubles() throws XMLStreamException {
            in.next();
            return in.readDoubleElements(Names.ARRAYS, "double");
        }
    }
}
