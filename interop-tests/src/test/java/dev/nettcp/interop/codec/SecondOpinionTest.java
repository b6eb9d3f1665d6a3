package dev.nettcp.interop.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.interop.peers.NbfxTool;
import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.nbfx.BinaryXmlStreamWriter;
import dev.nettcp.nbfx.NetDateTime;
import dev.nettcp.nbfx.dictionary.DictionaryString;
import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

/** What our writer writes is read alike by our reader and by the one of the .NET Framework. */
class SecondOpinionTest {
    private static final int DOCUMENTS = 400;
    private static final DictionaryString KNOWN = StaticDictionary.NBFS.entry("Envelope");
    private static final DictionaryString KNOWN_URI =
            StaticDictionary.NBFS.entry("http://www.w3.org/2003/05/soap-envelope");

    private final BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader();

    @Test
    void randomDocumentsAreReadAlike() throws Exception {
        List<byte[]> documents = new ArrayList<>();
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            writer.reset();
            writer.writeStartElement("s", KNOWN, KNOWN_URI);
            children(new Random(seed), 0);
            ByteBuffer written = writer.payload();
            byte[] document = new byte[written.remaining()];
            written.get(document);
            documents.add(document);
        }

        List<String> opinions = NbfxTool.decode(documents);

        assertThat(opinions).hasSameSizeAs(documents).allMatch(opinion -> opinion.startsWith("OK "));
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            byte[] document = documents.get(seed);
            XMLStreamReader text = XMLInputFactory.newDefaultFactory()
                    .createXMLStreamReader(new StringReader(opinions.get(seed).substring("OK ".length())));
            assertThat(XmlEvents.of(reader.reset(document, 0, document.length, Snapshot.NONE)))
                    .as("seed %d", seed)
                    .usingElementComparator((one, other) -> XmlEvents.areTheSame(one, other) ? 0 : 1)
                    .containsExactlyElementsOf(XmlEvents.of(text));
        }
        Counterpart.NBFX_TOOL.ran(DOCUMENTS + " random documents of our writer");
    }

    private void children(Random random, int depth) throws XMLStreamException {
        for (int k = 1 + random.nextInt(6); k > 0; k--) {
            switch (random.nextInt(4)) {
                case 0 -> writer.writeStartElement("b", "item", "urn:b");
                case 1 -> writer.writeStartElement(null, "été", "urn:default");
                case 2 -> writer.writeStartElement("s", KNOWN, KNOWN_URI);
                default -> writer.writeStartElement("longer", "item" + random.nextInt(300), "urn:longer");
            }
            if (random.nextInt(3) == 0) {
                writer.writeAttribute("", "", "plain", "<&>\"'");
                writer.writeIntAttribute("b", "urn:b", "number", random.nextInt());
            }
            if (depth < 3 && random.nextInt(4) == 0) {
                children(random, depth + 1);
            } else {
                value(random);
            }
            writer.writeEndElement();
        }
        if (random.nextInt(3) == 0) {
            writer.writeArray(
                    "b", "int", "urn:b", random.ints(1 + random.nextInt(9)).toArray());
        }
    }

    private void value(Random random) throws XMLStreamException {
        switch (random.nextInt(13)) {
            case 0 -> writer.writeInt(random.nextInt() >> random.nextInt(32));
            case 1 -> writer.writeLong(random.nextLong() >> random.nextInt(64));
            case 2 -> writer.writeBoolean(random.nextBoolean());
            case 3 -> writer.writeDouble(random.nextGaussian());
            case 4 -> writer.writeFloat(random.nextInt(100_000) / 8f);
            case 5 -> writer.writeDecimal(new BigDecimal(new BigInteger(90, random), random.nextInt(28)));
            case 6 ->
                writer.writeDateTime(
                        new NetDateTime(Math.floorMod(random.nextLong(), NetDateTime.MAX_TICKS), NetDateTime.Kind.UTC));
            case 7 -> writer.writeTimeSpan(random.nextLong());
            case 8 -> writer.writeUuid(new UUID(random.nextLong(), random.nextLong()));
            case 9 -> {
                byte[] bytes = new byte[random.nextInt(700)];
                random.nextBytes(bytes);
                writer.writeBinary(bytes, 0, bytes.length);
            }
            case 10 -> writer.writeCharacters("x".repeat(random.nextInt(400)));
            case 11 -> writer.writeCharacters("你好, 世界 😀 é".repeat(1 + random.nextInt(30)));
            default -> writer.writeCharacters(KNOWN);
        }
    }
}
