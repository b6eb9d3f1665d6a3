package dev.nettcp.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Transcripts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are damaged, cut or made to do harm: one sentence with the place, never anything else. */
class HostileFilesTest {
    private static final List<byte[]> FRAMES = Listing.frames(
            Frames.ETHERNET, 4, Segments.of(Transcripts.read("dotnet/buffered-bool"), Segments.UNCUT, new Random(1)));
    private static final byte[] PCAP = CaptureFiles.pcap(1, FRAMES);
    private static final byte[] PCAPNG = CaptureFiles.pcapng(ByteOrder.LITTLE_ENDIAN, false, 1, FRAMES);

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(new byte[0], "byte 0: the file is empty"),
                Arguments.of(bytes("hello"), "byte 0: no pcap, pcapng or recorded conversation begins like this"),
                Arguments.of(new byte[] {0x1F, (byte) 0x8B, 8, 0}, "byte 0: the file is compressed with gzip"),
                Arguments.of(
                        Arrays.copyOf(PCAP, 20),
                        "byte 0: the file ends inside the header of the pcap file: 20 of 24 bytes are there"),
                Arguments.of(
                        Arrays.copyOf(PCAP, 30),
                        "byte 24: the file ends inside the header of a packet: 6 of 16 bytes are there"),
                Arguments.of(
                        Arrays.copyOf(PCAP, 50), "byte 40: the file ends inside a packet: 10 of 62 bytes are there"),
                Arguments.of(with(PCAP, 4, 3), "byte 4: pcap version 3, only 2 can be read"),
                Arguments.of(with(PCAP, 20, 105), "byte 20: link type 105, of which nothing can be read; read are"),
                Arguments.of(
                        with(PCAP, 32, 0x7FFFFFFF),
                        "byte 32: a packet claims 2147483647 captured bytes, at most 262144 are allowed"),
                Arguments.of(with(PCAPNG, 8, 0x11223344), "byte 8: byte order magic 44332211"),
                Arguments.of(with(PCAPNG, 4, 27), "byte 4: a block of 27 bytes, which must be a multiple of 4"),
                Arguments.of(with(PCAPNG, 12, 2), "byte 12: pcapng version 2, only 1 can be read"),
                Arguments.of(with(PCAPNG, 24, 32), "byte 24: a block begins with a length of 28 and ends with 32"),
                Arguments.of(with(PCAPNG, 28, 6), "byte 32: a block of type 6 is too short for its own header"),
                Arguments.of(
                        with(PCAPNG, 32, 0x10000000),
                        "byte 32: a block of type 1 claims 268435456 bytes, at most 327680 are allowed"),
                Arguments.of(bytes("{\"dir\": \"c2s\", \"hex\": \"0\"}"), "line 1: \"hex\" is \"0\"; pairs"),
                Arguments.of(bytes("{\"dir\": \"up\", \"hex\": \"00\"}"), "\"dir\" is \"up\"; \"c2s\" and \"s2c\""),
                Arguments.of(bytes("{\"hex\": \"00\"}"), "line 1: a line needs \"dir\""),
                Arguments.of(bytes("{\"dir\": \"c2s\"}\n[]"), "line 1: a line needs"),
                Arguments.of(bytes("{\"seq\": 1, \"open\": true}\n[]"), "line 2: an object is expected"),
                Arguments.of(bytes("{\"dir\": "), "no JSON lines of a recorded conversation"),
                Arguments.of(bytes("{\"dir\": \"c2s\", \"eof\": 1}"), "no JSON lines of a recorded conversation"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isOneSentenceWithThePlace(byte[] file, String sentence) {
        assertThatThrownBy(() -> CaptureReader.read(new ByteArrayInputStream(file), CaptureLimits.DEFAULT, event -> {}))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void whatStandsBeforeTheDamageIsTold() {
        List<CaptureEvent> events = new ArrayList<>();
        byte[] cut = Arrays.copyOf(PCAP, PCAP.length - 700);

        assertThatThrownBy(() -> CaptureReader.read(new ByteArrayInputStream(cut), CaptureLimits.DEFAULT, events::add))
                .isInstanceOf(CaptureException.class);
        assertThat(events).hasAtLeastOneElementOfType(CaptureEvent.Envelope.class);
        assertThat(events.get(events.size() - 1)).isInstanceOf(CaptureEvent.Ended.class);
    }

    /** Every exception but CaptureException fails it. */
    @Test
    void aMillionWrongBytesLeadToNothingButSentences() throws IOException {
        Random random = new Random(20_261_125);
        byte[] lines = bytes(Transcripts.text("dotnet/buffered-bool.jsonl"));
        for (int run = 0; run < 6000; run++) {
            byte[] file = (run % 3 == 0 ? PCAP : run % 3 == 1 ? PCAPNG : lines).clone();
            for (int k = random.nextInt(8); k >= 0; k--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            readable(file);
        }
    }

    private static void readable(byte[] file) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            CaptureReader.read(
                    new ByteArrayInputStream(file),
                    CaptureLimits.DEFAULT,
                    new ReadableForm(text, ZoneOffset.UTC, true, 100));
        } catch (CaptureException e) {
            assertThat(e.getMessage()).startsWith("byte ");
        }
        assertThat(text.chars().anyMatch(c -> c < ' ' && c != '\n')).isFalse();
    }

    @Test
    void whatATerminalWouldObeyIsShownInstead() {
        String via = hex("net.tcp://\u001b[31m/".getBytes(StandardCharsets.UTF_8));
        byte[] file = bytes("{\"dir\": \"c2s\", \"hex\": \"00010001020210" + via + "03080c\"}");
        byte[] envelope = bytes("{\"dir\": \"c2s\", \"hex\": \"060a0040041b5b326d010101\"}");
        Listing listing = Listing.of(concat(file, envelope));

        assertThat(listing.text())
                .doesNotContain("\u001b")
                .contains("\\u001B[31m")
                .contains("<&#x1B;[2m");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] with(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return changed;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
