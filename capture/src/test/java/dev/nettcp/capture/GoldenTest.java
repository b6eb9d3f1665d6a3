package dev.nettcp.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Transcripts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What people see, word for word. After a wanted change copy the new texts from {@code target/golden}. */
class GoldenTest {
    @Test
    void twoCallsOnOneConnection() throws IOException {
        List<Segment> segments = Segments.of(Transcripts.read("dotnet/buffered-bool"), 90, new Random(3));
        assertGolden("two-calls.txt", CaptureFiles.pcap(1, Listing.frames(Frames.ETHERNET, 4, segments)));
    }

    @Test
    void aLossAndASecondSessionOnTheSameConnection() throws IOException {
        List<Segment> segments = new ArrayList<>(
                Segments.of(Transcripts.read("dotnet/streamed-two-calls"), Segments.UNCUT, new Random(3)));
        segments.remove(5);
        assertGolden(
                "loss.txt",
                CaptureFiles.pcapng(
                        ByteOrder.BIG_ENDIAN, true, 276, Listing.frames(Frames.LINUX_COOKED_2, 6, segments)));
    }

    @Test
    void anUpgradeAndAnotherProtocol() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        Segments.of(Transcripts.read("dotnet/tls-string-hello"), Segments.UNCUT, new Random(3))
                .forEach(segment -> frames.add(Frames.RAW.frame(segment, 4, 40_000)));
        Segments.of(Transcripts.read("dotnet/negative/plain-http-get"), Segments.UNCUT, new Random(3))
                .forEach(segment -> frames.add(Frames.RAW.frame(segment, 4, 40_001)));
        assertGolden("upgrade.txt", CaptureFiles.pcap(101, frames));
    }

    private static void assertGolden(String name, byte[] capture) throws IOException {
        String text = Listing.of(capture).text();
        Path seen = Files.createDirectories(Path.of("target", "golden")).resolve(name);
        Files.writeString(seen, text);
        assertThat(text).isEqualTo(golden(name));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
