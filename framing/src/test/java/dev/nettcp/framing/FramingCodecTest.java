package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.VectorSource;
import dev.nettcp.testkit.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingCodecTest {
    @ParameterizedTest
    @VectorSource("framing")
    void everyGoldenRecordIsReadHoweverItIsCut(Row row) {
        List<FramingRecord> expected = GoldenRecords.chunksJoined(GoldenRecords.of(row));
        Fragments.of(row.bytes())
                .forEach(fragments -> assertThat(
                                GoldenRecords.chunksJoined(GoldenRecords.decode(fragments, GoldenRecords.GENEROUS)))
                        .as(fragments.how())
                        .isEqualTo(expected));
    }

    @ParameterizedTest
    @VectorSource("framing")
    void everyGoldenRecordIsWritten(Row row) {
        String expected = row.optionalText("note").orElse("").startsWith("padded size") ? "06020102" : row.text("hex");
        assertThat(Hex.of(GoldenRecords.encode(GoldenRecords.of(row)))).isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> bothDirectionsOfEveryConversationAreReadHoweverTheyAreCut() {
        return Stream.of("client", "server")
                .flatMap(side -> Vectors.tests("framing-conversations", row -> readOneDirection(row, side)));
    }

    private static void readOneDirection(Row conversation, String side) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<FramingRecord> expected = new ArrayList<>();
        for (Row step : conversation.rows("steps")) {
            if (step.optionalText("from").equals(Optional.of(side)) && !step.flag("partial")) {
                bytes.writeBytes(step.bytes());
                expected.addAll(recordsNamedIn(step));
            }
        }
        Fragments.of(bytes.toByteArray()).forEach(fragments -> {
            List<FramingRecord> records =
                    GoldenRecords.chunksJoined(GoldenRecords.decode(fragments, GoldenRecords.GENEROUS));
            assertThat(records).as(fragments.how()).isEqualTo(GoldenRecords.chunksJoined(expected));
        });
    }

    /** Conversations name their records only; that a whole step decodes to those names is checked here. */
    private static List<FramingRecord> recordsNamedIn(Row step) {
        List<FramingRecord> records = GoldenRecords.decode(Fragments.whole(step.bytes()), GoldenRecords.GENEROUS);
        assertThat(ConversationNames.of(records)).isEqualTo(step.texts("records"));
        return records;
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            00 02              | UnsupportedVersion | major version 2, only 1 is supported
            01 00              | UnsupportedMode    | mode 0 is undefined: 1 to 4 are
            01 05              | UnsupportedMode    | mode 5 is undefined: 1 to 4 are
            02 81 10           | ViaTooLong         | via of 2049 bytes exceeds maxViaBytes=2048
            04 81 02           | ContentTypeTooLong | content type of 257 bytes exceeds maxContentTypeBytes=256
            06 81 80 04        | MaxMessageSizeExceededFault | envelope of 65537 bytes exceeds maxEnvelopeBytes=65536
            05 81 80 04        | MaxMessageSizeExceededFault | envelope of 65537 bytes exceeds maxEnvelopeBytes=65536
            08 81 02           |                    | fault of 257 bytes exceeds maxFaultBytes=256
            09 81 02           |                    | upgrade name of 257 bytes exceeds maxUpgradeBytes=256
            06 00              |                    | a sized envelope without a byte: the specification wants at least one
            06 FF FF FF FF 0F  |                    | a size with more than 31 bits: its fifth byte is 0x0F, at most 0x07 is allowed
            0D                 |                    | 0x0D is no record type (0x00 to 0x0C are)
            FF                 |                    | 0xFF is no record type (0x00 to 0x0C are)
            47                 |                    | 0x47 is no record type (0x00 to 0x0C are): the peer may speak HTTP
            16                 |                    | 0x16 is no record type (0x00 to 0x0C are): the peer may speak TLS
            """)
    void whatIsRefusedIsRefusedAsSoonAsItIsKnown(String hex, String fault, String message) {
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT);
        ByteBuf in = Hex.buffer(hex);
        assertThatThrownBy(() -> {
                    decoder.decode(in); // the start of an unsized envelope
                    decoder.decode(in);
                })
                .isInstanceOfSatisfying(
                        FramingException.class,
                        e -> assertThat(e.fault().map(FaultCode::name)).isEqualTo(Optional.ofNullable(fault)))
                .hasMessage(message);
    }

    @Test
    void anUnsizedEnvelopeIsLimitedByTheSumOfItsChunks() {
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT.withMaxEnvelopeBytes(4));
        ByteBuf in = Hex.buffer("05 02 0101 02 0202 01");
        assertThat(decoder.decode(in)).isEqualTo(new FramingRecord.UnsizedEnvelopeStart());
        assertThat(decoder.decode(in)).isEqualTo(new FramingRecord.UnsizedEnvelopeChunk(Hex.buffer("0101")));
        assertThat(decoder.decode(in)).isEqualTo(new FramingRecord.UnsizedEnvelopeChunk(Hex.buffer("0202")));
        assertThatThrownBy(() -> decoder.decode(in)).hasMessage("envelope of 5 bytes exceeds maxEnvelopeBytes=4");
    }

    @Test
    void everyUnsizedEnvelopeIsCountedFromZero() {
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT.withMaxEnvelopeBytes(4));
        ByteBuf in = Hex.buffer("05 03 010101 00 05 03 020202 00");
        int records = 0;
        while (decoder.decode(in) != null) {
            records++;
        }
        assertThat(records).isEqualTo(6);
    }

    @Test
    void nothingBehindARecordIsTouched() {
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT);
        ByteBuf in = Hex.buffer("03 08 16 03 01");
        assertThat(decoder.decode(in)).isEqualTo(new FramingRecord.KnownEncoding(8));
        assertThat(in.readableBytes()).isEqualTo(3);
    }

    @Test
    void malformedTextBecomesReplacementCharacters() {
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT);
        assertThat(decoder.decode(Hex.buffer("02 03 61 FF 62"))).isEqualTo(new FramingRecord.Via("a\uFFFDb"));
    }

    @ParameterizedTest(name = "{0} lacks {1}")
    @CsvSource({
        "'', 1",
        "00, 2",
        "00 01, 1",
        "02, 1",
        "02 80, 1",
        "02 80 10 61 62, 2046",
        "06 80 80 01, 16384",
        "07, 1",
        "09 13 61, 18"
    })
    void theDecoderKnowsHowMuchIsMissingAtLeast(String hex, int missing) {
        assertThat(new FramingDecoder(FramingLimits.DEFAULT).bytesMissing(Hex.buffer(hex)))
                .isEqualTo(missing);
    }

    @Test
    void theHeaderOfAnEnvelopeIsWrittenAheadOfItsBytes() {
        ByteBuf out = Unpooled.buffer();
        FramingEncoder.sizedEnvelopeHeader(300, out);
        assertThat(Hex.of(out)).isEqualTo("06ac02");
        assertThat(FramingEncoder.sizedEnvelopeHeaderLength(300)).isEqualTo(3);
    }

    @Test
    void anEnvelopeWithoutAByteIsAMistakeOfTheProgram() {
        assertThatThrownBy(() -> FramingEncoder.sizedEnvelopeHeader(0, Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one byte");
        assertThatThrownBy(() -> FramingEncoder.chunkHeader(0, Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ends the envelope");
    }
}
