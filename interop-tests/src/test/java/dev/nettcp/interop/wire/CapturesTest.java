package dev.nettcp.interop.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.capture.CaptureEvent;
import dev.nettcp.capture.CaptureFiles;
import dev.nettcp.capture.CaptureLimits;
import dev.nettcp.capture.CaptureReader;
import dev.nettcp.capture.Frames;
import dev.nettcp.capture.Segment;
import dev.nettcp.capture.Segments;
import dev.nettcp.capture.Side;
import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcript.From;
import dev.nettcp.testkit.Transcripts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wireshark reads the same captures as we do and finds the same in them. */
class CapturesTest {
    private static final Transcript CONVERSATION = Transcripts.read("dotnet/buffered-bool");
    private static final int MESSAGE = 6;

    @TempDir
    private Path directory;

    static Stream<Arguments> links() {
        return Stream.of(Frames.values())
                .flatMap(frames ->
                        Stream.of(4, 6).filter(frames::carries).map(version -> Arguments.of(frames, version)));
    }

    @ParameterizedTest
    @MethodSource("links")
    void theRecordsOfEachSideAreTheSame(Frames frames, int version) throws IOException {
        List<byte[]> packets = Segments.of(CONVERSATION, Segments.UNCUT, new Random(1)).stream()
                .map(segment -> frames.frame(segment, version, 40_000))
                .toList();
        for (byte[] file : List.of(
                CaptureFiles.pcap(ByteOrder.BIG_ENDIAN, true, frames.linkType(), packets, 65_535),
                CaptureFiles.pcapng(ByteOrder.LITTLE_ENDIAN, false, frames.linkType(), packets))) {
            assertThat(typesByTshark(file)).isEqualTo(types(file));
        }
        Counterpart.TSHARK.ran("capture of %s, IPv%d".formatted(frames, version));
    }

    /** Not a rule of net.tcp but of TCP: what each side said is the same, and what the recording has. */
    @Test
    void whatWasRepeatedAndDisorderedIsPutTogetherAlike() throws IOException {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            List<Segment> segments = Segments.of(CONVERSATION, 50, random);
            List<Segment> opening = segments.subList(0, 3);
            List<Segment> rest =
                    Segments.repeated(Segments.disordered(segments.subList(3, segments.size()), 3, random), random);
            List<byte[]> packets = Stream.concat(opening.stream(), rest.stream())
                    .map(segment -> Frames.ETHERNET.frame(segment, 4, 40_000))
                    .toList();
            byte[] file = CaptureFiles.pcap(1, packets);

            assertThat(streamByTshark(file, From.CLIENT)).isEqualTo(hex(From.CLIENT));
            assertThat(streamByTshark(file, From.SERVER)).isEqualTo(hex(From.SERVER));
            assertThat(CaptureReader.read(new ByteArrayInputStream(file), CaptureLimits.DEFAULT, event -> {}))
                    .satisfies(summary -> assertThat(summary.messages()).isEqualTo(4))
                    .satisfies(summary -> assertThat(summary.missingBytes()).isZero());
        }
    }

    private static String hex(From side) {
        return HexFormat.of().formatHex(CONVERSATION.bytesFrom(side));
    }

    private static Map<Side, List<Integer>> types(byte[] file) throws IOException {
        Map<Side, List<Integer>> types = new EnumMap<>(Side.class);
        CaptureReader.read(new ByteArrayInputStream(file), CaptureLimits.DEFAULT, event -> {
            if (event instanceof CaptureEvent.Said said) {
                types.computeIfAbsent(said.place().side(), side -> new ArrayList<>())
                        .add(said.framingRecord().type().value());
            } else if (event instanceof CaptureEvent.Envelope envelope) {
                types.computeIfAbsent(envelope.place().side(), side -> new ArrayList<>())
                        .add(MESSAGE);
            }
        });
        return types;
    }

    private Map<Side, List<Integer>> typesByTshark(byte[] file) throws IOException {
        Map<Side, List<Integer>> types = new EnumMap<>(Side.class);
        for (String line : tshark(
                file, "-Y", "mc-nmf.record_type", "-T", "fields", "-e", "tcp.srcport", "-e", "mc-nmf.record_type")) {
            String[] fields = line.split("\t", -1);
            Side side = Integer.parseInt(fields[0]) == Frames.SERVER_PORT ? Side.SERVER : Side.CLIENT;
            for (String type : fields[1].split(",", -1)) {
                types.computeIfAbsent(side, any -> new ArrayList<>()).add(Integer.decode(type));
            }
        }
        return types;
    }

    /** Lines of the side that spoke second are indented. */
    private String streamByTshark(byte[] file, From side) throws IOException {
        StringBuilder stream = new StringBuilder();
        for (String line : tshark(file, "-q", "-z", "follow,tcp,raw,0")) {
            boolean bytes = line.strip().matches("([0-9a-f]{2})+");
            if (bytes && line.startsWith("\t") == (side == From.SERVER)) {
                stream.append(line.strip());
            }
        }
        return stream.toString();
    }

    private List<String> tshark(byte[] file, String... options) throws IOException {
        Counterpart.TSHARK.need();
        Path capture = Files.write(directory.resolve("capture"), file);
        List<String> command = new ArrayList<>(
                List.of("tshark", "-r", capture.toString(), "-d", "tcp.port==%d,mc-nmf".formatted(Frames.SERVER_PORT)));
        command.addAll(List.of(options));
        try (ChildProcess tshark = ChildProcess.start(command)) {
            assertThat(tshark.awaitExit(Duration.ofSeconds(60)))
                    .as(tshark::describe)
                    .isZero();
            return tshark.output();
        }
    }
}
