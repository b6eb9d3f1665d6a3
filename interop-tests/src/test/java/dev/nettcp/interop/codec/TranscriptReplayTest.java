package dev.nettcp.interop.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.interop.codec.OneSide.Envelope;
import dev.nettcp.nbfx.BinaryXmlStreamReader;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcript.From;
import dev.nettcp.testkit.Transcripts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded conversation that is not encrypted, through framing and binary XML: it says what the listing beside the recording says,
 * and the same however its bytes are cut.
 */
class TranscriptReplayTest {
    private static final int CUT_EVERYWHERE = 4096;
    private static final int PLACES_BEYOND = 64;

    private final BinaryXmlStreamReader reader = new BinaryXmlStreamReader();

    static Stream<Transcript> conversations() {
        return Transcripts.all("").stream()
                .filter(conversation -> !isEncrypted(conversation.name()) && !isWrong(conversation))
                .filter(conversation -> !conversation.name().contains("/text-"));
    }

    static Stream<Transcript> everything() {
        return Transcripts.all("").stream()
                .filter(conversation -> isWrong(conversation) || !isEncrypted(conversation.name()));
    }

    private static boolean isEncrypted(String name) {
        return name.contains("tls-") || name.contains("windows");
    }

    private static boolean isWrong(Transcript conversation) {
        return conversation.name().contains("/negative/");
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void saysWhatItsListingSays(Transcript conversation) throws XMLStreamException {
        boolean streamed = isStreamed(conversation);
        List<String> client = listed(conversation, "c2s ");
        List<String> server = listed(conversation, "s2c ");

        sayTheSame(hear(conversation, From.CLIENT, streamed).envelopes(), client);
        sayTheSame(hear(conversation, From.SERVER, streamed).envelopes(), server);
        assertThat(client).isNotEmpty();
    }

    private static void sayTheSame(List<Envelope> heard, List<String> listed) throws XMLStreamException {
        assertThat(heard).hasSameSizeAs(listed);
        for (int i = 0; i < listed.size(); i++) {
            XMLStreamReader text =
                    XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(listed.get(i)));
            assertThat(heard.get(i).events())
                    .usingElementComparator((one, other) -> XmlEvents.areTheSame(one, other) ? 0 : 1)
                    .containsExactlyElementsOf(XmlEvents.of(text));
        }
    }

    /** The documents that the listing shows for one side. */
    private static List<String> listed(Transcript conversation, String side) {
        return Transcripts.text(conversation.name() + ".txt")
                .lines()
                .filter(line -> line.startsWith(side + "SizedEnvelope") || line.startsWith(side + "UnsizedEnvelope"))
                .map(line -> line.substring(line.indexOf("<s:Envelope")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("everything")
    void saysTheSameHoweverItIsCut(Transcript conversation) {
        boolean streamed = isStreamed(conversation);
        for (From from : From.values()) {
            byte[] bytes = conversation.bytesFrom(from);
            OneSide whole = OneSide.hear(Fragments.whole(bytes), streamed);
            cuts(bytes, whole.recordEnds())
                    .forEach(cut -> assertThat(OneSide.hear(cut, streamed).said())
                            .as("%s, %s", from, cut)
                            .isEqualTo(whole.said()));
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void itsDocumentsAreTheSameFromAStreamThatBringsThemInPieces(Transcript conversation) throws XMLStreamException {
        boolean streamed = isStreamed(conversation);
        for (From from : From.values()) {
            for (Envelope envelope : hear(conversation, from, streamed).envelopes()) {
                for (Fragments cut : cuts(envelope.document().array(), Set.of()).toList()) {
                    assertThat(XmlEvents.of(reader.reset(stream(cut), envelope.session())))
                            .as("%s, %s", from, cut)
                            .isEqualTo(envelope.events());
                }
            }
        }
    }

    private static InputStream stream(Fragments fragments) {
        return new SequenceInputStream(Collections.enumeration(
                fragments.pieces().stream().map(ByteArrayInputStream::new).toList()));
    }

    /** Byte by byte; in two at every position up to 4 KiB, beyond that behind every record and at 64 places. */
    private static Stream<Fragments> cuts(byte[] bytes, Set<Integer> recordEnds) {
        var places = new TreeSet<Integer>(recordEnds);
        IntStream.range(1, Math.min(bytes.length, CUT_EVERYWHERE + 1)).forEach(places::add);
        if (bytes.length > CUT_EVERYWHERE + 1) {
            new Random(bytes.length)
                    .ints(PLACES_BEYOND, CUT_EVERYWHERE + 1, bytes.length)
                    .forEach(places::add);
        }
        places.remove(bytes.length);
        return Stream.concat(
                Stream.of(Fragments.byteByByte(bytes)), places.stream().map(place -> Fragments.cutAt(bytes, place)));
    }

    private static boolean isStreamed(Transcript conversation) {
        return OneSide.hear(Fragments.whole(conversation.bytesFrom(From.CLIENT)), false)
                .announcesStreamedEncoding();
    }

    private static OneSide hear(Transcript conversation, From from, boolean streamed) {
        return OneSide.hear(Fragments.whole(conversation.bytesFrom(from)), streamed);
    }
}
