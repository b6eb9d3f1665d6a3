package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Fragments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded: a failure names its seed and repeats. */
class RandomStreamsTest {
    private static final int ROUNDS = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void recordsInAreRecordsOut(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<FramingRecord> records = records(random);
            Fragments pieces = pieces(GoldenRecords.encode(records), random);
            assertThat(GoldenRecords.chunksJoined(GoldenRecords.decode(pieces, GoldenRecords.GENEROUS)))
                    .isEqualTo(GoldenRecords.chunksJoined(records));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void changedBytesAreNothingWorseThanAFramingException(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutated(GoldenRecords.encode(records(random)), random);
            try {
                GoldenRecords.decode(pieces(bytes, random), FramingLimits.DEFAULT);
            } catch (FramingException expected) {
                assertThat(expected).hasMessageNotContainingAny("null");
            } catch (AssertionError incomplete) {
                assertThat(incomplete).hasMessageFindingMatch("bytes left|Expecting value to be false");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noSessionThrowsWhateverThePeerSends(long seed) {
        Random random = new Random(seed);
        byte[] duplex = GoldenRecords.encode(conversation(ClientTester.DUPLEX));
        byte[] singleton = GoldenRecords.encode(conversation(ClientTester.SINGLETON));
        for (int round = 0; round < ROUNDS; round++) {
            boolean buffered = random.nextBoolean();
            Fragments toServer = pieces(mutated(buffered ? duplex : singleton, random), random);
            try (ServerTester server =
                    new ServerTester(buffered ? ServerTester.BUFFERED : ServerTester.STREAMED, FaultPolicy.FRIENDLY)) {
                server.receives(toServer).endOfStream();
            }
            Fragments toClient = pieces(mutated(GoldenRecords.encode(records(random)), random), random);
            try (ClientTester client = new ClientTester(new InitiatorSession(
                    buffered ? ClientTester.DUPLEX : ClientTester.SINGLETON, FramingLimits.DEFAULT))) {
                client.receives("0B").receives(toClient).endOfStream();
            }
        }
    }

    /** Two sessions after each other on one connection. */
    private static List<FramingRecord> conversation(Preamble preamble) {
        List<FramingRecord> records = new ArrayList<>(preamble.records());
        records.add(new FramingRecord.PreambleEnd());
        if (preamble.mode() == FramingMode.DUPLEX) {
            records.add(new FramingRecord.SizedEnvelope(Unpooled.wrappedBuffer(new byte[200])));
        } else {
            records.add(new FramingRecord.UnsizedEnvelopeStart());
            records.add(new FramingRecord.UnsizedEnvelopeChunk(Unpooled.wrappedBuffer(new byte[200])));
            records.add(new FramingRecord.UnsizedEnvelopeEnd());
        }
        records.add(new FramingRecord.End());
        records.addAll(List.copyOf(records));
        return records;
    }

    private static List<FramingRecord> records(Random random) {
        List<FramingRecord> records = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            switch (random.nextInt(13)) {
                case 0 -> records.add(new FramingRecord.Version(1, random.nextInt(256)));
                case 1 ->
                    records.add(new FramingRecord.Mode(
                            FramingMode.of(1 + random.nextInt(4)).orElseThrow()));
                case 2 -> records.add(new FramingRecord.Via(text(random, 300)));
                case 3 -> records.add(new FramingRecord.KnownEncoding(random.nextInt(256)));
                case 4 -> records.add(new FramingRecord.ExtensibleEncoding(text(random, 60)));
                case 5 -> addUnsized(records, random);
                case 6 -> records.add(new FramingRecord.SizedEnvelope(bytes(random)));
                case 7 -> records.add(new FramingRecord.End());
                case 8 -> records.add(new FramingRecord.Fault(new FaultCode(text(random, 60))));
                case 9 -> records.add(new FramingRecord.UpgradeRequest(text(random, 60)));
                case 10 -> records.add(new FramingRecord.UpgradeResponse());
                case 11 -> records.add(new FramingRecord.PreambleAck());
                default -> records.add(new FramingRecord.PreambleEnd());
            }
        }
        return records;
    }

    private static void addUnsized(List<FramingRecord> records, Random random) {
        records.add(new FramingRecord.UnsizedEnvelopeStart());
        for (int i = random.nextInt(4); i > 0; i--) {
            records.add(new FramingRecord.UnsizedEnvelopeChunk(bytes(random)));
        }
        records.add(new FramingRecord.UnsizedEnvelopeEnd());
    }

    private static String text(Random random, int longest) {
        return random.ints(random.nextInt(longest), 0x20, 0x2FF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static ByteBuf bytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(500)];
        random.nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }

    private static Fragments pieces(byte[] bytes, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(100));
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return new Fragments("random pieces", pieces);
    }
}
