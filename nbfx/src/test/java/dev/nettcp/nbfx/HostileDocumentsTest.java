package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import dev.nettcp.testkit.Hex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents made to cost their reader more than they cost their sender. */
class HostileDocumentsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MANY = 20_000;

    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader(StaticDictionary.NBFS, Documents.NO_QUOTAS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40 0161 03 400169 01 8d ffffffff07", // array of 2^31-1 ints
                "40 0161 03 400169 01 95 ffffff7f", // array of 268 million decimals
                "40 0161 9c ffffff7f 78", // text of 2^31-1 bytes
                "40 0161 a2 ffffff7f 78", // bytes
                "40 0161 ba feffff7f 78", // UTF-16
                "40 0161 04 0178 9c ffffff7f 78", // attribute
                "40 ffffffff07 61", // name
                "02 ffffffff07 61", // comment
                "40 0161 a4 9c ffffff7f 78", // in a list
            })
    void aLengthThatIsOnlyAnnouncedCostsNothing(String hex) {
        byte[] bytes = Hex.bytes(hex);
        assertThat(allocatedBy(() -> refused(() -> CanonicalXml.of(reader.reset(bytes, 0, bytes.length)))))
                .isLessThan(200_000);
        assertThat(allocatedBy(() -> refused(() -> CanonicalXml.of(reader.reset(new ByteArrayInputStream(bytes))))))
                .isLessThan(200_000);
    }

    private interface Reading {
        Object read() throws XMLStreamException;
    }

    private static void refused(Reading reading) {
        assertThatThrownBy(reading::read).isInstanceOf(BinaryXmlException.class);
    }

    private static long allocatedBy(Runnable work) {
        work.run(); // classes are loaded, buffers are there
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        work.run();
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    @Test
    void manyDeclarationsAndAttributesOfOneTagTakeLinearTime() throws XMLStreamException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Hex.bytes("40 0161"));
        for (int k = 0; k < MANY; k++) {
            byte[] prefix = ("p" + k).getBytes(StandardCharsets.UTF_8);
            declaration(out, prefix);
            out.write(RecordType.ATTRIBUTE);
            out.write(prefix.length);
            out.writeBytes(prefix);
            out.writeBytes(Hex.bytes("01 78 80"));
        }
        out.write(RecordType.END_ELEMENT);
        byte[] bytes = out.toByteArray();
        reader.reset(bytes, 0, bytes.length);
        reader.next();
        assertThat(reader.getAttributeCount()).isEqualTo(MANY);
        assertThat(reader.getNamespaceCount()).isEqualTo(MANY);
        assertThat(reader.getAttributeNamespace(MANY - 1)).isEqualTo("p" + (MANY - 1));
    }

    private static void declaration(ByteArrayOutputStream out, byte[] prefix) {
        out.write(RecordType.XMLNS_ATTRIBUTE);
        out.write(prefix.length);
        out.writeBytes(prefix);
        out.write(prefix.length);
        out.writeBytes(prefix);
    }

    @Test
    void manyNestedDeclarationsAreKeptApart() throws XMLStreamException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int depth = 3000;
        for (int k = 0; k < depth; k++) {
            out.writeBytes(Hex.bytes("40 0161"));
            declaration(out, ("p" + k % 100).getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes("\1".repeat(depth).getBytes(StandardCharsets.UTF_8));
        byte[] bytes = out.toByteArray();
        reader.reset(bytes, 0, bytes.length);
        for (int k = 0; k < depth; k++) {
            reader.next();
        }
        assertThat(reader.getNamespaceURI("p5")).isEqualTo("p5");
        for (int k = 0; k < depth; k++) {
            reader.next();
        }
        assertThat(reader.getNamespaceURI("p0")).isEqualTo("p0");
        assertThat(reader.getNamespaceURI("p1")).isNull();
    }

    @Test
    void theSameAttributeAmongManyIsStillFound() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Hex.bytes("40 0161"));
        for (int k = 0; k <= 100; k++) {
            byte[] name = ("x" + k % 100).getBytes(StandardCharsets.UTF_8);
            out.write(RecordType.SHORT_ATTRIBUTE);
            out.write(name.length);
            out.writeBytes(name);
            out.write(RecordType.ZERO);
        }
        out.write(RecordType.END_ELEMENT);
        byte[] bytes = out.toByteArray();
        assertThatThrownBy(() -> reader.reset(bytes, 0, bytes.length).next())
                .hasMessageContaining("attribute x0 twice in one element");
    }

    /** Where a comparison of all with all hides, these take minutes. */
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void manyAttributesWhoseNamesHaveOneHashCodeTakeLinearTime() throws XMLStreamException {
        int letters = 16;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Hex.bytes("40 0161"));
        for (int k = 0; k < 1 << letters; k++) {
            out.write(RecordType.SHORT_ATTRIBUTE);
            out.write(2 * letters);
            for (int letter = 0; letter < letters; letter++) {
                out.writeBytes(((k >> letter & 1) == 0 ? "Aa" : "BB").getBytes(StandardCharsets.UTF_8));
            }
            out.write(RecordType.ZERO);
        }
        out.write(RecordType.END_ELEMENT);
        byte[] bytes = out.toByteArray();
        reader.reset(bytes, 0, bytes.length);
        reader.next();
        assertThat(reader.getAttributeCount()).isEqualTo(1 << letters);
        assertThat(reader.getAttributeLocalName(0).hashCode())
                .isEqualTo(reader.getAttributeLocalName(1).hashCode());
    }

    private static final List<Typed> NUMBERS = List.of(
            BinaryXmlStreamReader::getElementAsFloat,
            BinaryXmlStreamReader::getElementAsDouble,
            BinaryXmlStreamReader::getElementAsDecimal);

    private interface Typed {
        Object read(BinaryXmlStreamReader reader) throws XMLStreamException;
    }

    /** As before: an expression that gives digits back takes the square of their number. */
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void aLongTextOfDigitsThatIsNoNumberIsRefusedInLinearTime() throws XMLStreamException {
        for (String text : List.of("7".repeat(400_000) + "x", "." + "7".repeat(400_000) + "x")) {
            for (Typed number : NUMBERS) {
                BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
                writer.writeStartElement("a");
                writer.writeCharacters(text);
                reader.reset(writer.payload(), SessionReaderDictionary.Snapshot.NONE);
                reader.next();
                assertThatThrownBy(() -> number.read(reader)).isInstanceOf(BinaryXmlException.class);
            }
        }
    }

    @Test
    void deepNestingNeedsNoStack() throws XMLStreamException {
        int depth = 100_000;
        byte[] bytes = Hex.bytes("400161".repeat(depth) + "01".repeat(depth));
        reader.reset(bytes, 0, bytes.length);
        int events = 0;
        while (reader.hasNext()) {
            reader.next();
            events++;
        }
        assertThat(events).isEqualTo(2 * depth + 1);
    }

    @Test
    void depthIsLimitedByDefault() {
        byte[] bytes = Hex.bytes("400161".repeat(129));
        assertThatThrownBy(() -> CanonicalXml.of(new BinaryXmlStreamReader().reset(bytes, 0, bytes.length)))
                .isInstanceOf(QuotaExceededException.class)
                .hasMessageStartingWith("an element at depth 129 exceeds MaxDepth=128");
    }

    @Test
    void manyDifferentNamesAreNotKeptForTheNextDocument() throws XMLStreamException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Hex.bytes("40 0161"));
        for (int k = 0; k < MANY; k++) {
            byte[] name = ("name" + k).getBytes(StandardCharsets.UTF_8);
            out.write(RecordType.SHORT_ELEMENT);
            out.write(name.length);
            out.writeBytes(name);
            out.write(RecordType.END_ELEMENT);
        }
        out.write(RecordType.END_ELEMENT);
        byte[] bytes = out.toByteArray();
        for (int round = 0; round < 3; round++) {
            reader.reset(bytes, 0, bytes.length);
            int elements = 0;
            while (reader.hasNext()) {
                elements += reader.next() == BinaryXmlStreamReader.START_ELEMENT ? 1 : 0;
            }
            assertThat(elements).isEqualTo(MANY + 1);
            assertThat(reader.cursor().namesKept()).isGreaterThan(1024);
        }
        byte[] small = Hex.bytes("40 0161 01");
        reader.reset(small, 0, small.length);
        assertThat(reader.cursor().namesKept()).isZero();
    }

    @Test
    void aLongTextOfAStreamIsReadInBoundedMemory() throws XMLStreamException {
        int size = 64 * 1024 * 1024;
        byte[] head = Hex.bytes("40 0161 a3 00000004");
        java.io.InputStream body = new java.io.InputStream() {
            private int left = size;

            @Override
            public int read() {
                return left-- > 0 ? 7 : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                int count = Math.min(left, length);
                left -= count;
                return count == 0 && length > 0 ? -1 : count;
            }
        };
        reader.reset(new java.io.SequenceInputStream(new ByteArrayInputStream(head), body));
        reader.next();
        byte[] part = new byte[8192];
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        long total = 0;
        for (int count = reader.readElementAsBinary(part, 0, part.length);
                count > 0;
                count = reader.readElementAsBinary(part, 0, part.length)) {
            total += count;
        }
        assertThat(total).isEqualTo(size);
        assertThat(THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(1_000_000);
    }

    @Test
    void anEndlessDictionaryIsStoppedByItsBudget() throws XMLStreamException {
        SessionReaderDictionary session = new SessionReaderDictionary();
        byte[] table = Documents.table(List.of("x".repeat(100)));
        int accepted = 0;
        QuotaExceededException refusal = null;
        while (refusal == null) {
            try {
                session.readTable(ByteBuffer.wrap(table));
                accepted++;
            } catch (QuotaExceededException e) {
                refusal = e;
            }
        }
        assertThat(accepted).isEqualTo(2048 / 101);
        assertThat(refusal.quota()).isEqualTo("MaxSessionSize");
        assertThat(refusal.limit()).isEqualTo(2048);
    }
}
