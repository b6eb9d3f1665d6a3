package dev.nettcp.benchmarks.codec;

import com.sun.xml.fastinfoset.stax.StAXDocumentParser;
import com.sun.xml.fastinfoset.stax.StAXDocumentSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Fast Infoset through StAX: values are text, but bytes are bytes. One serializer and one parser for all documents. */
final class InfosetCodec implements Codec {
    private final Sample sample;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1 << 17);
    private final StAXDocumentSerializer serializer = new StAXDocumentSerializer();
    private final StAXDocumentParser parser = new StAXDocumentParser();
    private final Writing writing = new Writing(serializer);
    private final Reading reading = new Reading(parser);
    private final byte[] document;

    InfosetCodec(Sample sample) throws XMLStreamException {
        this.sample = sample;
        write();
        document = buffer.toByteArray();
    }

    @Override
    public int write() throws XMLStreamException {
        buffer.reset();
        serializer.reset();
        serializer.setOutputStream(buffer);
        writing.message(sample);
        return buffer.size();
    }

    @Override
    public Content read() throws XMLStreamException {
        parser.setInputStream(new ByteArrayInputStream(document));
        return reading.message(sample);
    }

    @Override
    public byte[] document() {
        return buffer.toByteArray();
    }

    private static final class Writing extends StaxWriting<StAXDocumentSerializer> {
        Writing(StAXDocumentSerializer out) {
            super(out);
        }

        @Override
        void intValue(int value) throws XMLStreamException {
            out.writeCharacters(Integer.toString(value));
        }

        @Override
        void longValue(long value) throws XMLStreamException {
            out.writeCharacters(Long.toString(value));
        }

        @Override
        void floatValue(float value) throws XMLStreamException {
            out.writeCharacters(Float.toString(value));
        }

        @Override
        void doubleValue(double value) throws XMLStreamException {
            out.writeCharacters(Double.toString(value));
        }

        @Override
        void booleanValue(boolean value) throws XMLStreamException {
            out.writeCharacters(Boolean.toString(value));
        }

        @Override
        void bytesValue(byte[] value) throws XMLStreamException {
            out.writeOctets(value, 0, value.length);
        }
    }

    private static final class Reading extends StaxReading<StAXDocumentParser> {
        Reading(StAXDocumentParser in) {
            super(in);
        }

        @Override
        int intValue() throws XMLStreamException {
            return Integer.parseInt(in.getElementText());
        }

        @Override
        long longValue() throws XMLStreamException {
            return Long.parseLong(in.getElementText());
        }

        @Override
        float floatValue() throws XMLStreamException {
            return Float.parseFloat(in.getElementText());
        }

        @Override
        double doubleValue() throws XMLStreamException {
            return Double.parseDouble(in.getElementText());
        }

        @Override
        boolean booleanValue() throws XMLStreamException {
            return Boolean.parseBoolean(in.getElementText());
        }

        @Override
        Instant instantValue() throws XMLStreamException {
            return TimeText.parse(in.getElementText());
        }

        @Override
        UUID uuidValue() throws XMLStreamException {
            return UUID.fromString(in.getElementText());
        }

        @Override
        byte[] bytesValue() throws XMLStreamException {
            in.next();
            byte[] bytes = in.getTextAlgorithmBytesClone();
            in.next();
            return bytes;
        }

        @Override
        int[] ints() throws XMLStreamException {
            int[] values = new int[1000];
            int count = 0;
            while (in.nextTag() == XMLStreamReader.START_ELEMENT && isNamed(Names.ARRAYS, "int"))
                values[count++] = intValue();
            return Arrays.copyOf(values, count);
        }

        @Override
        double[] doubles() throws XMLStreamException {
            double[] values = new double[1000];
            int count = 0;
            while (in.nextTag() == XMLStreamReader.START_ELEMENT && isNamed(Names.ARRAYS, "double"))
                values[count++] = doubleValue();
            return Arrays.copyOf(values, count);
        }
    }
}
