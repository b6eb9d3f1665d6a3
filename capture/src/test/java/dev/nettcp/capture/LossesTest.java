package dev.nettcp.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.capture.CaptureEvent.Missing;
import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcripts;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is not in a capture: how much it is, and what can be read all the same. */
class LossesTest {
    private static final Transcript FOUR_MESSAGES = Transcripts.read("dotnet/buffered-bool");

    /** Segments 0 to 2 open; the client's preamble is 3, ack 4, first call 5, its reply 6, second call 7, its reply 8, the ends 9 to 12. */
    private static List<Segment> whole() {
        return uncut(FOUR_MESSAGES);
    }

    /** A segment for each line of the recording. */
    private static List<Segment> uncut(Transcript conversation) {
        return Segments.of(conversation, Segments.UNCUT, new Random(1));
    }

    private static Listing without(Integer... lost) {
        List<Segment> segments = new ArrayList<>();
        for (int number = 0; number < whole().size(); number++) {
            if (!List.of(lost).contains(number)) {
                segments.add(whole().get(number));
            }
        }
        return captured(segments);
    }

    private static Listing captured(List<Segment> segments) {
        return Listing.of(CaptureFiles.pcap(1, Listing.frames(Frames.ETHERNET, 4, segments)));
    }

    @Test
    void aLostMessageIsToldAndTheNextIsReadWithWhatIsKnown() {
        Listing listing = without(5);

        assertThat(listing.all(Missing.class)).singleElement().satisfies(missing -> {
            assertThat(missing.bytes()).isEqualTo(whole().get(5).data().length);
            assertThat(missing.place().side()).isEqualTo(Side.CLIENT);
            assertThat(missing.place().offset()).isEqualTo(39);
            assertThat(missing.next()).isEqualTo(Missing.What.SEARCHING);
        });
        assertThat(listing.all(CaptureEvent.Resumed.class))
                .singleElement()
                .satisfies(resumed -> assertThat(resumed.passedOver()).isZero());
        assertThat(listing.said(Side.CLIENT))
                .contains("reading goes on at byte 240 of the client")
                .contains("strings of the session are in what is missing")
                .contains("<unknown-string-5 xmlns=\"unknown-string-7\">")
                .contains("<unknown-string-9>false</unknown-string-9>")
                .contains("urn:uuid:546e9eed-03e2-4da4-961b-b6240025de75");
        assertThat(listing.said(Side.SERVER))
                .isEqualTo(Listing.of(FOUR_MESSAGES).said(Side.SERVER));
    }

    @Test
    void aLossInsideAMessageCostsThisMessageAndNotOneStringMore() {
        List<Segment> segments = new ArrayList<>();
        for (Segment segment : whole()) {
            if (segment.data().length > 190
                    && segment.fromClient()) { // the first call: its end is lost, its table is there
                segments.add(new Segment(
                        true,
                        segment.sequence(),
                        segment.acknowledged(),
                        segment.flags(),
                        Arrays.copyOf(segment.data(), 150)));
            } else {
                segments.add(segment);
            }
        }
        Listing listing = captured(segments);

        assertThat(listing.all(Missing.class))
                .singleElement()
                .satisfies(missing -> assertThat(missing.next()).isEqualTo(Missing.What.ONE_MESSAGE_LOST));
        assertThat(listing.said(Side.CLIENT))
                .contains("! 51 bytes missing in the capture, from byte 189 of the client on; one message is lost")
                .doesNotContain("unknown-string")
                .contains("<value>false</value>")
                .endsWith("client End\nclient end of stream");
        assertThat(listing.summary().messages()).isEqualTo(3);
        assertThat(listing.summary().undecodedMessages()).isEqualTo(1);
    }

    @Test
    void lostAtTheEndIsTold() {
        Listing listing = without(8, 9, 10, 11, 12);

        assertThat(listing.said(Side.CLIENT)).endsWith("client the capture ends here, the stream was open");
        assertThat(listing.summary().messages()).isEqualTo(3);
    }

    @Test
    void aCaptureThatBeginsInMidStreamSaysSoAndShowsWhatItCan() {
        Listing listing = without(0, 1, 2, 3, 4, 5, 6);

        assertThat(listing.text())
                .contains("(guessed: the opening is not in the capture)")
                .contains("the capture begins in mid-stream, reading begins at byte 0 of the client")
                .contains("<unknown-string-9>false</unknown-string-9>");
        assertThat(listing.summary().messages()).isEqualTo(2);
        assertThat(listing.all(CaptureEvent.Opened.class)
                        .get(0)
                        .peers()
                        .addresses()
                        .orElseThrow()
                        .server()
                        .getPort())
                .isEqualTo(Frames.SERVER_PORT);
    }

    @Test
    void midStreamEndsAtTheNextPreamble() {
        Transcript twoSessions = Transcripts.read("dotnet/streamed-two-calls");
        List<Segment> segments = uncut(twoSessions);
        Listing listing = captured(segments.subList(6, segments.size()));

        assertThat(listing.said(Side.CLIENT)).contains("client Version 1.0").contains("client end of stream");
        assertThat(listing.summary().messages()).isGreaterThanOrEqualTo(2);
        assertThat(listing.summary().undecodedMessages()).isZero();
    }

    @Test
    void cutPacketsAreBlamedOnTheSnapshotLength() {
        List<byte[]> frames = Listing.frames(Frames.ETHERNET, 4, whole());
        Listing listing = Listing.of(CaptureFiles.pcap(ByteOrder.LITTLE_ENDIAN, false, 1, frames, 128));

        assertThat(listing.all(Missing.class))
                .allSatisfy(missing -> assertThat(missing.why()).isEqualTo(Missing.Why.CUT));
        assertThat(listing.text()).contains("cut off by the capture's snapshot length");
        assertThat(listing.said(Side.CLIENT))
                .contains("Via net.tcp://localhost:9000/peer")
                .endsWith("client End\nclient end of stream");
    }

    @Test
    void whateverIsLostNothingBreaksAndWhatIsShownIsTrue() {
        String true4 = Listing.of(FOUR_MESSAGES).text();
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            List<Segment> segments = Segments.of(FOUR_MESSAGES, 60, random);
            segments.removeIf(segment -> random.nextInt(6) == 0);
            Listing listing = captured(Segments.repeated(Segments.disordered(segments, 4, random), random));

            long messages = listing.all(CaptureEvent.Envelope.class).stream()
                    .filter(envelope -> envelope.message().problem().isEmpty())
                    .count();
            assertThat(messages).as("seed " + seed).isEqualTo(listing.summary().messages());
            listing.text()
                    .lines()
                    .filter(line -> line.startsWith("      ") && line.contains("urn:uuid:"))
                    .forEach(line -> assertThat(true4).contains(line));
        }
    }

    @Test
    void anotherProtocolIsToldOnceByItsFirstBytes() {
        Transcript http = Transcripts.read("dotnet/negative/plain-http-get");
        Listing listing = Listing.of(http);

        assertThat(listing.text()).contains("is no net.tcp: the client begins with 47455420", "perhaps HTTP");
        assertThat(listing.summary().conversations()).isZero();
        assertThat(listing.summary().foreignConnections()).isEqualTo(1);
    }

    @Test
    void tooManyConnectionsCostTheSilentOneAndTooLargeMessagesOnlyThemselves() {
        List<byte[]> frames = new ArrayList<>();
        for (Segment segment : whole().subList(0, 6)) {
            frames.add(Frames.ETHERNET.frame(segment, 4, 40_000));
        }
        for (Segment segment : whole()) {
            frames.add(Frames.ETHERNET.frame(segment, 4, 40_001));
        }
        Listing listing = Listing.of(CaptureFiles.pcap(1, frames), new CaptureLimits(190, 1, 1000, 100_000));

        assertThat(listing.text())
                .contains("followed no further: too many connections are open (maxConnections)")
                .contains("! a message of 201 bytes was passed over: at most 190 are collected")
                .contains("<value>false</value>");
    }

    @Test
    void whatIsHeldForAllConnectionsTogetherIsLimited() {
        Transcript large = Transcripts.read("dotnet/streamed-echo-20000");
        List<byte[]> frames = Listing.frames(Frames.ETHERNET, 4, Segments.of(large, 1000, new Random(1)));
        Listing listing = Listing.of(CaptureFiles.pcap(1, frames), new CaptureLimits(1 << 20, 10, 1 << 20, 5000));

        assertThat(listing.text())
                .contains("too much is waiting in all connections together: more than maxBufferedBytes=5000")
                .contains("bytes were not read");
    }

    @Test
    void aCommentThatIsNoTextIsToldLikeEverythingElse() {
        Transcript conversation = new Transcript(
                "comment",
                List.of(
                        new Transcript.Data(Transcript.From.CLIENT, "0001000102020761"),
                        new Transcript.Data(Transcript.From.CLIENT, "6263646566670307" + "06084001610201ff0101")));
        Listing listing = captured(uncut(conversation));

        assertThat(listing.text()).contains("! not decoded: a text is not well-formed UTF-8");
        assertThat(listing.summary().undecodedMessages()).isEqualTo(1);
    }

    @Test
    void nothingIsHeldOfConnectionsThatAreOver() {
        List<byte[]> frames = new ArrayList<>();
        for (int connection = 0; connection < 300; connection++) {
            Random random = new Random(connection);
            List<Segment> segments = Segments.of(FOUR_MESSAGES, 60, random);
            int port = 20_000 + connection;
            Segments.repeated(Segments.disordered(segments, 4, random), random)
                    .forEach(segment -> frames.add(Frames.ETHERNET.frame(segment, 4, port)));
        }
        Listing listing = Listing.of(CaptureFiles.pcap(1, frames), new CaptureLimits(65_536, 1000, 65_536, 20_000));

        assertThat(listing.summary().messages()).isEqualTo(1200);
        assertThat(listing.all(CaptureEvent.Unreadable.class)).isEmpty();
    }
}
