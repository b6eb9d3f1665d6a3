package dev.nettcp.benchmarks.codec;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import jakarta.xml.bind.Unmarshaller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An object with 64 KiB of bytes, to XML and back by JAXB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JaxbBenchmark {
    @Param({"NETTCP", "WOODSTOX"})
    private Format format = Format.NETTCP;

    private final Attachment attachment = new Attachment((byte[]) Sample.BLOB64K.content.body());
    private @Nullable Marshaller marshaller;
    private @Nullable Unmarshaller unmarshaller;

    private final BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader();
    private final XMLOutputFactory writers = new WstxOutputFactory();
    private final XMLInputFactory readers = new WstxInputFactory();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 17);
    private byte[] document = new byte[0];

    /** Marshals once, and sees to it that the same comes back. */
    @Setup
    public void prepare() throws JAXBException, XMLStreamException {
        JAXBContext context = JAXBContext.newInstance(Attachment.class);
        marshaller = context.createMarshaller();
        marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
        unmarshaller = context.createUnmarshaller();
        marshal();
        document = format == Format.NETTCP ? copy(writer.document()) : text.toByteArray();
        if (!Arrays.equals(((Attachment) unmarshal()).data, attachment.data))
            throw new IllegalStateException(format + " does not read what it wrote");
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    @Benchmark
    public int marshal() throws JAXBException, XMLStreamException {
        Marshaller by = Objects.requireNonNull(marshaller);
        if (format == Format.NETTCP) {
            by.marshal(attachment, writer.reset());
            return writer.payload().remaining();
        }
        text.reset();
        XMLStreamWriter out = writers.createXMLStreamWriter(text, "UTF-8");
        by.marshal(attachment, out);
        out.close();
        return text.size();
    }

    @Benchmark
    public Object unmarshal() throws JAXBException, XMLStreamException {
        Unmarshaller by = Objects.requireNonNull(unmarshaller);
        if (format == Format.NETTCP) return by.unmarshal(reader.reset(ByteBuffer.wrap(document), Snapshot.NONE));
        XMLStreamReader in = readers.createXMLStreamReader(new ByteArrayInputStream(document));
        Object read = by.unmarshal(in);
        in.close();
        return read;
    }
}
