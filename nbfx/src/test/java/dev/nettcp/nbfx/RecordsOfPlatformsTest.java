package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.nbfx.dictionary.SessionReaderDictionary.Snapshot;
import dev.nettcp.nbfx.dictionary.StaticDictionary;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.Transcripts;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the writers of .NET and of Mono have written for each kind of record and of data contract. */
class RecordsOfPlatformsTest {
    /** The "sample" of the file. */
    private static final StaticDictionary SAMPLE = StaticDictionary.of(Stream.of(
                    Stream.of("Envelope", "urn:n", "mustUnderstand", "some text"),
                    IntStream.rangeClosed(4, 69).mapToObj(k -> "filler" + k),
                    Stream.of("far"))
            .flatMap(texts -> texts)
            .toList());

    @TestFactory
    Stream<DynamicTest> everyDocumentIsReadAsItsPlatformReadsIt() {
        return Stream.of("dotnet", "mono")
                .flatMap(platform -> Transcripts.lines(platform + "/nbfx/records.jsonl").stream()
                        .filter(row -> row.has("hex"))
                        .map(row -> DynamicTest.dynamicTest(
                                platform + ": " + row.text("name"), () -> readAsItsPlatformReadsIt(row))));
    }

    private static void readAsItsPlatformReadsIt(Row row) throws XMLStreamException {
        byte[] bytes = row.bytes("hex");
        String expected = inShortestDigits(row.text("xml")).replace("&#xD;", "\r");
        String xml = CanonicalXml.of(reader(row).reset(bytes, 0, bytes.length));
        assertThat(ReaderVectorsTest.same(expected, xml))
                .as("%s, expected %s", xml, expected)
                .isTrue();
        for (Fragments fragments : Documents.everyWay(bytes, reader(row).reset(bytes, 0, bytes.length))) {
            assertThat(CanonicalXml.of(reader(row).reset(Documents.stream(fragments), Snapshot.NONE)))
                    .as(fragments.how())
                    .isEqualTo(xml);
        }
    }

    /** The .NET Framework and Mono show some numbers with more digits than .NET, whose form is ours. */
    private static String inShortestDigits(String xml) {
        return xml.replace("3.14159274", "3.1415927")
                .replace("3.40282347E+38", "3.4028235E+38")
                .replace("3.1415926535897931", "3.141592653589793");
    }

    private static BinaryXmlStreamReader reader(Row row) {
        StaticDictionary dictionary = row.has("dictionary") ? SAMPLE : StaticDictionary.NBFS;
        return new BinaryXmlStreamReader(dictionary, Documents.NO_QUOTAS);
    }

    /** Of these the file has only length, head and tail. */
    @Test
    void longDocumentsAreWrittenAsThePlatformsWriteThem() throws XMLStreamException {
        for (String platform : List.of("dotnet", "mono")) {
            for (Row row : Transcripts.lines(platform + "/nbfx/records.jsonl")) {
                if (!row.has("hex")) {
                    byte[] written = longDocument(row.text("name"));
                    assertThat(written).as(row.text("name")).hasSize(row.integer("length"));
                    assertThat(written).startsWith(Hex.bytes(row.text("head")));
                    assertThat(written).endsWith(Hex.bytes(row.text("tail")));
                }
            }
        }
    }

    private static byte[] longDocument(String name) throws XMLStreamException {
        boolean binary = name.startsWith("base64 "); // "base64 65536 bytes", "string of 65535 bytes"
        int size = Integer.parseInt(name.replaceAll("^(base64|string of) | bytes$", ""));
        BinaryXmlStreamWriter writer = new BinaryXmlStreamWriter();
        writer.writeStartElement("e");
        if (binary) {
            byte[] bytes = new byte[size];
            for (int k = 0; k < size; k++) {
                bytes[k] = (byte) ((7 + 31 * k) % 251);
            }
            writer.writeBinary(bytes, 0, size);
        } else {
            writer.writeCharacters(
                    "abcdefghijklmnopqrstuvwxyz".repeat(1 + size / 26).substring(0, size));
        }
        return Documents.bytes(writer.payload());
    }
}
