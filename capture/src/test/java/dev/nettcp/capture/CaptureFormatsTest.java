package dev.nettcp.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcripts;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same conversation in every kind of file and behind every kind of link. */
class CaptureFormatsTest {
    private static final Transcript CONVERSATION = Transcripts.read("dotnet/buffered-bool");
    private static final List<Segment> SEGMENTS = Segments.of(CONVERSATION, 100, new Random(5));
    private static final Instant FIRST = Instant.parse("2026-11-25T08:00:00Z");

    static Stream<Arguments> links() {
        return Stream.of(Frames.values())
                .flatMap(frames ->
                        Stream.of(4, 6).filter(frames::carries).map(version -> Arguments.of(frames, version)));
    }

    @ParameterizedTest
    @MethodSource("links")
    void everyLinkTypeAndBothVersionsOfIpAreRead(Frames frames, int version) {
        assertReadWell(Listing.of(CaptureFiles.pcap(frames.linkType(), Listing.frames(frames, version, SEGMENTS))));
    }

    static Stream<Arguments> files() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                .flatMap(order -> Stream.of(false, true).map(nanoseconds -> Arguments.of(order, nanoseconds)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void bothByteOrdersAndResolutionsOfPcapAreRead(ByteOrder order, boolean nanoseconds) {
        List<byte[]> frames = Listing.frames(Frames.ETHERNET, 4, SEGMENTS);
        assertReadWell(Listing.of(CaptureFiles.pcap(order, nanoseconds, 1, frames, 65_535)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void bothByteOrdersAndResolutionsOfPcapngAreRead(ByteOrder order, boolean nanoseconds) {
        List<byte[]> frames = Listing.frames(Frames.LINUX_COOKED_2, 6, SEGMENTS);
        assertReadWell(Listing.of(CaptureFiles.pcapng(order, nanoseconds, 276, frames)));
    }

    private static void assertReadWell(Listing listing) {
        Listing recorded = Listing.of(CONVERSATION);
        for (Side side : Side.values()) {
            assertThat(listing.said(side)).isEqualTo(recorded.said(side));
        }
        assertThat(listing.summary().packets()).isEqualTo(SEGMENTS.size());
        assertThat(listing.summary().otherPackets() + listing.summary().unreadablePackets())
                .isZero();
        CaptureEvent.Said version = listing.all(CaptureEvent.Said.class).get(0);
        assertThat(version.place().time()).contains(FIRST.plusMillis(3)); // the packet behind the handshake
        assertThat(listing.all(CaptureEvent.Opened.class).get(0).peers().guessed())
                .isFalse();
    }

    @Test
    void connectionsThatAreMixedInOneFileAreToldApart() {
        List<byte[]> frames = new ArrayList<>();
        for (Segment segment : SEGMENTS) {
            for (int port : List.of(40_000, 40_001, 40_002)) {
                frames.add(Frames.ETHERNET.frame(segment, 4, port));
            }
        }
        Listing listing = Listing.of(CaptureFiles.pcap(1, frames));

        assertThat(listing.summary().conversations()).isEqualTo(3);
        assertThat(listing.summary().messages()).isEqualTo(12);
        assertThat(listing.all(CaptureEvent.Opened.class))
                .extracting(opened ->
                        Peers.text(opened.peers().addresses().orElseThrow().client()))
                .containsExactly("10.0.0.1:40000", "10.0.0.1:40001", "10.0.0.1:40002");
    }

    @Test
    void aPortThatIsUsedAgainIsAnotherConversation() {
        List<Segment> again = new ArrayList<>(SEGMENTS);
        SEGMENTS.forEach(segment -> again.add(new Segment(
                segment.fromClient(),
                segment.sequence() + 5_000_000,
                segment.acknowledged() + 5_000_000,
                segment.flags(),
                segment.data())));
        Listing listing = Listing.of(CaptureFiles.pcap(1, Listing.frames(Frames.ETHERNET, 4, again)));

        assertThat(listing.summary().conversations()).isEqualTo(2);
        assertThat(listing.summary().messages()).isEqualTo(8);
    }

    @Test
    void whatIsNotTcpIsCounted() {
        byte[] tcp = Frames.ETHERNET.frame(SEGMENTS.get(0), 4, 40_000);
        byte[] udp = tcp.clone();
        udp[14 + 9] = 17;
        byte[] arp = tcp.clone();
        arp[13] = 6;
        byte[] fragment = tcp.clone();
        fragment[14 + 6] = 0x20;
        byte[] damaged = tcp.clone();
        damaged[14] = 0x4F; // a header of 60 bytes in a packet of 48
        Listing listing = Listing.of(CaptureFiles.pcap(1, List.of(udp, arp, fragment, damaged)));

        assertThat(listing.summary().otherPackets()).isEqualTo(2);
        assertThat(listing.summary().fragments()).isEqualTo(1);
        assertThat(listing.summary().unreadablePackets()).isEqualTo(1);
    }
}
