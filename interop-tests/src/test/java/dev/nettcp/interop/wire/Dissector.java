package dev.nettcp.interop.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.testkit.ChildProcess;
import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcript.From;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Wireshark's MC-NMF dissector as a judge of what we send. It knows records, sizes and texts and stops at the envelope; the
 * order of the records is checked here.
 */
public final class Dissector {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String WRONG = "mc-nmf && (_ws.malformed || mc-nmf.record_type > 12 || mc-nmf.size_too_big"
            + " || _ws.expert.severity >= 6291456)";

    /** By record type, 0 to 12: version, mode, via, known and extensible encoding, unsized and sized envelope, end, … */
    private static final String LETTERS = "VMAKXUSEFQRPD";

    /** Version, mode, via, encoding; then an upgrade, which hides the rest, or preamble end and envelopes. */
    private static final Map<From, Pattern> ORDER = Map.of(
            From.CLIENT, Pattern.compile("(VMA[KX](Q|D(S*|U)E?F?))+"),
            From.SERVER, Pattern.compile("((R|P(S*|U)E?F?)|F)+"));

    private Dissector() {}

    /** Asserts that the dissector finds nothing wrong and that the records are in order. */
    public static void assertSound(Transcript conversation) {
        assertThat(complaints(conversation)).as(conversation.name()).isEmpty();
        Counterpart.TSHARK.ran(conversation.name());
    }

    /** What is wrong with the conversation; empty if nothing is. */
    static List<String> complaints(Transcript conversation) {
        Counterpart.TSHARK.need();
        Path file = write(CaptureFile.of(conversation));
        try {
            List<String> complaints = new ArrayList<>(tshark(file, WRONG, "frame.number", "_ws.col.Info"));
            List<String> types = tshark(file, "mc-nmf.record_type", "tcp.srcport", "mc-nmf.record_type");
            for (From side : From.values()) {
                String order = order(side, types);
                if (!ORDER.get(side).matcher(order).matches()) {
                    complaints.add("order of the records of the %s: %s".formatted(side, order));
                }
            }
            return complaints;
        } finally {
            delete(file);
        }
    }

    private static String order(From side, List<String> lines) {
        StringBuilder order = new StringBuilder();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            boolean fromServer = Integer.parseInt(fields[0]) == CaptureFile.SERVER_PORT;
            if (fromServer == (side == From.SERVER)) {
                for (String type : fields[1].split(",", -1)) {
                    int number = Integer.parseInt(type);
                    order.append(number < LETTERS.length() ? LETTERS.charAt(number) : '?');
                }
            }
        }
        return order.toString();
    }

    private static List<String> tshark(Path file, String filter, String... fields) {
        List<String> command = new ArrayList<>(List.of(
                "tshark",
                "-r",
                file.toString(),
                "-d",
                "tcp.port==%d,mc-nmf".formatted(CaptureFile.SERVER_PORT),
                "-Y",
                filter,
                "-T",
                "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        try (ChildProcess tshark = ChildProcess.start(command)) {
            assertThat(tshark.awaitExit(LIMIT)).as(tshark::describe).isZero();
            return tshark.output();
        }
    }

    private static Path write(byte[] capture) {
        try {
            Path file = Files.createTempFile(Path.of("target"), "conversation", ".pcap");
            return Files.write(file, capture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
