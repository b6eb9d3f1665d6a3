package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary;
import dev.nettcp.nbfx.dictionary.SessionWriterDictionary;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import dev.nettcp.testkit.Fragments;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

/** Seeded random documents: what went in comes out, also through text and through a stream. */
class RoundTripTest {
    private static final int DOCUMENTS = 1500;

    private final SessionWriterDictionary session = new SessionWriterDictionary(16_000);
    private final SessionReaderDictionary peer = new SessionReaderDictionary(16_000);
    private final BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader(StaticDictionary.NBFS, Documents.NO_QUOTAS);

    @Test
    void randomDocumentsComeBackAsTheyWent() throws XMLStreamException {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            boolean inSession = seed % 3 == 0;
            if (inSession) {
                writer.reset(session);
            } else {
                writer.reset();
            }
            RandomDocument document = new RandomDocument(new Random(seed), writer);
            document.write();
            ByteBuffer payload = writer.payload();
            SessionReaderDictionary.Snapshot known = SessionReaderDictionary.Snapshot.NONE;
            if (inSession) {
                peer.readTable(payload);
                known = peer.snapshot();
            }
            String xml = CanonicalXml.of(reader.reset(payload, known));
            assertThat(xml).as("seed %d", seed).isEqualTo(document.expected());
            byte[] bytes = new byte[payload.remaining()];
            payload.get(payload.position(), bytes);
            assertThat(CanonicalXml.of(reader.reset(Documents.stream(Fragments.byteByByte(bytes)), known)))
                    .as("seed %d, streamed", seed)
                    .isEqualTo(xml);
            assertThat(CanonicalXml.of(Woodstox.reader(BinaryXml.toXml(reader.reset(bytes, 0, bytes.length, known)))))
                    .as("seed %d, as text", seed)
                    .isEqualTo(xml);
        }
    }

    /** Writes elements, attributes, texts, values and comments at random, and what they should look like beside it. */
    private static final class RandomDocument {
        private static final List<String> TEXTS =
                List.of("", "0", "1", "x", "text with blanks ", "é", "你好世界", "😀", "<&>\"'", "a\n\tb", "true", "12");
        private static final List<String> NAMES = List.of("a", "b", "name", "Envelope", "été", "x-1");
        private static final List<String> URIS = List.of("", "urn:a", "urn:b", "http://tempuri.org/");

        private final Random random;
        private final BinaryXmlStreamWriter writer;
        private final StringBuilder expected = new StringBuilder();
        private final List<String> scope = new ArrayList<>(List.of(""));
        private int elements;

        RandomDocument(Random random, BinaryXmlStreamWriter writer) {
            this.random = random;
            this.writer = writer;
        }

        String expected() {
            return expected.toString();
        }

        void write() throws XMLStreamException {
            element(0);
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private void element(int depth) throws XMLStreamException {
            elements++;
            String uri = one(URIS);
            String prefix = uri.isEmpty() || random.nextBoolean() ? "" : random.nextBoolean() ? "p" : "long";
            String name = one(NAMES);
            String qualified = prefix.isEmpty() ? name : prefix + ":" + name;
            if (random.nextInt(3) == 0) {
                writer.writeStartElement(prefix, entry(name), entry(uri));
            } else {
                writer.writeStartElement(prefix, name, uri);
            }
            expected.append('<').append(qualified);
            String attributes = random.nextInt(3) == 0 ? attributes() : "";
            expected.append(attributes);
            String binding = prefix + "=" + uri;
            boolean known = prefix.isEmpty()
                    ? uri.equals(last(""))
                    : scope.contains(binding) && binding.equals(prefix + "=" + last(prefix));
            if (!known) {
                expected.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix)
                        .append("=\"")
                        .append(uri)
                        .append('"');
            }
            scope.add(binding);
            expected.append('>');
            int children = depth > 6 || elements > 60 ? 0 : random.nextInt(5);
            for (int k = 0; k < children; k++) {
                child(depth);
            }
            writer.writeEndElement();
            scope.remove(scope.size() - 1);
            expected.append("</").append(qualified).append('>');
        }

        private DictionaryString entry(String text) {
            return random.nextBoolean()
                    ? DictionaryString.of(text)
                    : StaticDictionary.NBFS.find(text).orElseGet(() -> DictionaryString.of(text));
        }

        /** The namespace a prefix has now; the scope holds the prefix each open element uses for its own name. */
        private String last(String prefix) {
            for (int k = scope.size() - 1; k > 0; k--) {
                if (scope.get(k).startsWith(prefix + "=")) {
                    return scope.get(k).substring(prefix.length() + 1);
                }
            }
            return "";
        }

        private String attributes() throws XMLStreamException {
            String text = one(TEXTS);
            writer.writeAttribute("t", text);
            writer.writeIntAttribute(null, null, "i", elements);
            writer.writeBinaryAttribute(null, null, "b", new byte[] {1, 2, 3});
            return " t=\"" + escape(text).replace("\"", "&quot;") + "\" i=\"" + elements + "\" b=\"AQID\"";
        }

        private void child(int depth) throws XMLStreamException {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> element(depth + 1);
                case 3 -> {
                    String text = one(TEXTS).repeat(1 + random.nextInt(200) / 10 * 10);
                    writer.writeCharacters(text);
                    expected.append(escape(text).replace(">", "&gt;"));
                }
                case 4 -> {
                    long value = random.nextLong() >> random.nextInt(64);
                    writer.writeLong(value);
                    expected.append(value);
                }
                case 5 -> {
                    writer.writeComment("c" + elements);
                    expected.append("<!--c").append(elements).append("-->");
                }
                case 6 -> {
                    byte[] bytes = new byte[3 * random.nextInt(300)];
                    random.nextBytes(bytes);
                    writer.writeBinary(bytes, 0, bytes.length);
                    expected.append(java.util.Base64.getEncoder().encodeToString(bytes));
                }
                case 7 -> {
                    int[] values = random.ints(random.nextInt(4)).toArray();
                    writer.writeArray("", "i", last(""), values);
                    for (int value : values) {
                        expected.append("<i>").append(value).append("</i>");
                    }
                }
                default -> {
                    boolean value = random.nextBoolean();
                    writer.writeBoolean(value);
                    expected.append(value);
                }
            }
        }

        private static String escape(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;");
        }
    }
}
