package dev.nettcp.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcripts;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded conversation of real peers, as it was recorded and as a capture of packets. */
class TranscriptsTest {
    static Stream<Transcript> conversations() {
        return Transcripts.all("").stream()
                .filter(conversation -> !conversation.name().contains("/negative/"));
    }

    static Stream<Transcript> errors() {
        return Transcripts.all("dotnet/negative").stream();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void isReadToItsEnd(Transcript conversation) {
        Listing listing = Listing.of(conversation);

        assertThat(listing.all(CaptureEvent.Unreadable.class)).isEmpty();
        assertThat(listing.all(CaptureEvent.Envelope.class))
                .allSatisfy(envelope -> assertThat(envelope.message().problem()).isEmpty());
        assertThat(listing.summary().conversations()).isEqualTo(1);
        boolean encrypted =
                conversation.name().contains("tls-") || conversation.name().contains("windows");
        assertThat(listing.all(CaptureEvent.Encrypted.class)).hasSize(encrypted ? 2 : 0);
        assertThat(listing.summary().messages() > 0).isEqualTo(!encrypted);
        assertThat(listing.all(CaptureEvent.Ended.class))
                .filteredOn(ended -> !encrypted)
                .allSatisfy(ended -> assertThat(ended.detail()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void conversationsWithMistakesAreShownUpToTheMistake(Transcript conversation) {
        Listing listing = Listing.of(conversation);

        assertThat(listing.events()).isNotEmpty();
        assertThat(listing.text()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void saysTheSameInWhateverSegmentsItWasCaptured(Transcript conversation) {
        Listing recorded = Listing.of(conversation);
        Random random = new Random(conversation.name().hashCode());
        for (int longest : List.of(1, 7, 100, 1460)) {
            List<Segment> segments = Segments.of(conversation, longest, random);
            List<Segment> worn = Segments.repeated(Segments.disordered(segments, 6, random), random);
            for (List<Segment> captured : List.of(segments, worn)) {
                Listing listing = Listing.of(
                        CaptureFiles.pcap(Frames.ETHERNET.linkType(), Listing.frames(Frames.ETHERNET, 4, captured)));
                assertSame(listing, recorded);
            }
        }
    }

    private static void assertSame(Listing listing, Listing recorded) {
        for (Side side : Side.values()) {
            assertThat(listing.said(side)).isEqualTo(recorded.said(side));
        }
        assertThat(listing.summary().missingBytes()).isZero();
    }
}
