package dev.nettcp.benchmarks.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.XMLStreamWriter2;

/** XML as text, by Woodstox or Aalto, with the typed access of StAX2, which is faster than strings. */
final class TextCodec implements Codec {
    private final Sample sample;
    private final XMLOutputFactory writers;
    private final XMLInputFactory readers;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1 << 17);
    private final byte[] document;

    TextCodec(Sample sample, XMLOutputFactory writers, XMLInputFactory readers) throws XMLStreamException {
        this.sample = sample;
        this.writers = writers;
        this.readers = readers;
        write();
        document = buffer.toByteArray();
    }

    @Override
    public int write() throws XMLStreamException {
        buffer.reset();
        XMLStreamWriter2 writer = (XMLStreamWriter2) writers.createXMLStreamWriter(buffer, "UTF-8");
        new Writing(writer).message(sample);
        writer.close();
        return buffer.size();
    }

    @Override
    public Content read() throws XMLStreamException {
        XMLStreamReader2 reader = (XMLStreamReader2) readers.createXMLStreamReader(new ByteArrayInputStream(document));
        Content content = new Reading(reader).message(sample);
        reader.close();
        return content;
    }

    @Override
    public byte[] document() {
        return buffer.toByteArray();
    }

    private static final class Writing extends StaxWriting<XMLStreamWriter2> {
        Writing(XMLStreamWriter2 out) {
            super(out);
        }

        @Override
        void intValue(int value) throws XMLStreamException {
            out.writeInt(value);
        }

        @Override
        void longValue(long value) throws XMLStreamException {
            out.writeLong(value);
        }

        @Override
        void floatValue(float value) throws XMLStreamException {
            out.writeFloat(value);
        }

        @Override
        void doubleValue(double value) throws XMLStreamException {
            out.writeDouble(value);
        }

        @Override
        void booleanValue(boolean value) throws XMLStreamException {
            out.writeBoolean(value);
        }

        @Override
        void bytesValue(byte[] value) throws XMLStreamException {
            out.writeBinary(value, 0, value.length);
        }
    }

    private static final class Reading extends StaxReading<XMLStreamReader2> {
        Reading(XMLStreamReader2 in) {
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
            return TimeText.parse(in.getElementText());
        }

        @Override
        UUID uuidValue() throws XMLStreamException {
            return UUID.fromString(in.getElementText());
        }

        @Override
        byte[] bytesValue() throws XMLStreamException {
            return in.getElementAsBinary();
        }

        @Override
        int[] ints() throws XMLStreamException {
            int[] values = new int[1000];
            int count = 0;
            while (in.nextTag() == XMLStreamReader.START_ELEMENT && isNamed(Names.ARRAYS, "int"))
                values[count++] = in.getElementAsInt();
            return Arrays.copyOf(values, count);
        }

        @Override
        double[] doubles() throws XMLStreamException {
            double[] values = new double[1000];
            int count = 0;
            while (in.nextTag() == XMLStreamReader.START_ELEMENT && isNamed(Names.ARRAYS, "double"))
                values[count++] = in.getElementAsDouble();
            return Arrays.copyOf(values, count);
        }
    }
}
