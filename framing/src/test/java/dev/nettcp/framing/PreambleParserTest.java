package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.PreambleParser.Stage;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreambleParserTest {
    private static byte[] preamble(String via, String encoding) {
        byte[] start = GoldenRecords.encode(List.of(
                FramingRecord.Version.CURRENT, new FramingRecord.Mode(FramingMode.DUPLEX), new FramingRecord.Via(via)));
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(start, Hex.bytes(encoding)));
    }

    @Test
    void aPreambleIsReadToItsEncodingRecordAndNotFurtherHoweverItIsCut() {
        byte[] bytes = Hex.bytes(Hex.of(GoldenRecords.encode(ClientTester.DUPLEX.records())) + "0C 06 01 AA");
        Fragments.of(bytes).forEach(fragments -> {
            PreambleParser parser = new PreambleParser(FramingLimits.DEFAULT);
            ByteBuf in = Unpooled.buffer();
            Preamble preamble = null;
            for (byte[] piece : fragments.pieces()) {
                in.writeBytes(piece);
                preamble = parser.read(in);
            }
            assertThat(preamble).as(fragments.how()).isEqualTo(ClientTester.DUPLEX);
            assertThat(Hex.of(in)).isEqualTo("0c0601aa");
            assertThat(parser.stage()).isEqualTo(Stage.COMPLETE);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"03 08", "03 63", "04 0A 74 65 78 74 2F 70 6C 61 69 6E", "04 00"})
    void readsOfWhatIsMissingNeverGoPastTheEncodingRecord(String encoding) {
        byte[] preamble = GoldenRecords.encode(List.of(
                FramingRecord.Version.CURRENT,
                new FramingRecord.Mode(FramingMode.DUPLEX),
                new FramingRecord.Via("net.tcp://h/" + "a".repeat(300))));
        ByteBuf stream = Unpooled.wrappedBuffer(preamble, Hex.bytes(encoding), Hex.bytes("0C 06 01 AA"));
        PreambleParser parser = new PreambleParser(FramingLimits.DEFAULT);
        ByteBuf in = Unpooled.buffer();
        int reads = 0;
        while (parser.read(in) == null) {
            in.writeBytes(stream, parser.bytesMissing(in));
            reads++;
        }
        assertThat(Hex.of(stream)).isEqualTo("0c0601aa");
        assertThat(in.isReadable()).isFalse();
        assertThat(reads).isLessThan(20);
    }

    @ParameterizedTest
    @CsvSource({
        "'',             VERSION_AND_MODE, 2304",
        "00 01,          VERSION_AND_MODE, 2304",
        "00 01 00 01,    VERSION_AND_MODE, 2304",
        "00 01 00 01 02, VIA_AND_ENCODING, 65536",
        "00 01 00 01 02 02 05, VIA_AND_ENCODING, 65536"
    })
    void itIsKnownHowFarAPreambleHasCome(String hex, Stage stage, long drainLimit) {
        PreambleParser parser = new PreambleParser(FramingLimits.DEFAULT);
        assertThat(parser.read(Hex.buffer(hex))).isNull();
        assertThat(parser.stage()).isEqualTo(stage);
        assertThat(parser.drainLimit()).isEqualTo(drainLimit);
    }

    @ParameterizedTest
    @CsvSource({
        "47 45 54,                      VERSION_AND_MODE, ",
        "00 02 00,                      VERSION_AND_MODE, UnsupportedVersion",
        "00 01 00 01 05,                VERSION_AND_MODE, UnsupportedMode",
        "00 01 00 01 03,                VERSION_AND_MODE, UnsupportedMode",
        "00 01 00 01 04,                VERSION_AND_MODE, UnsupportedMode",
        "00 01 00 01 02 05,             VIA_AND_ENCODING, ",
        "00 01 00 01 02 02 81 10,       VIA_AND_ENCODING, ViaTooLong",
        "00 01 00 01 02 02 00,          VIA_AND_ENCODING, ",
        "00 01 00 01 02 02 01 61,       VIA_AND_ENCODING, ",
        "00 01 00 01 02 02 80 80 80 80 80, VIA_AND_ENCODING, "
    })
    void afterAViolationItIsKnownWhereItHappened(String hex, Stage stage, String fault) {
        PreambleParser parser = new PreambleParser(FramingLimits.DEFAULT);
        assertThatThrownBy(() -> parser.read(Hex.buffer(hex))).isInstanceOfSatisfying(FramingException.class, e -> {
            assertThat(FaultPolicy.FRIENDLY.answerTo(e).map(FaultCode::name)).isEqualTo(Optional.ofNullable(fault));
            assertThat(FaultPolicy.STRICT_SERVICE.answerTo(e)).isEmpty();
        });
        assertThat(parser.stage()).isEqualTo(stage);
    }

    @Test
    void case061_theMinorVersionIsIgnored() {
        byte[] bytes = preamble("net.tcp://h/a", "03 08");
        bytes[2] = 7;
        assertThat(new PreambleParser(FramingLimits.DEFAULT).read(Unpooled.wrappedBuffer(bytes)))
                .isNotNull();
    }

    @Test
    void case074_anUnknownEncodingIsNotThisReadersAffair() {
        Preamble preamble = new PreambleParser(FramingLimits.DEFAULT)
                .read(Unpooled.wrappedBuffer(preamble("net.tcp://h/a", "03 63")));
        assertThat(preamble)
                .isEqualTo(new Preamble(
                        FramingMode.DUPLEX, ViaUri.parse("net.tcp://h/a"), new ContentType("unknown<99>")));
    }

    @Test
    void case057_aStreamThatEndsBeforeItsFirstByteHasSaidNothing() {
        PreambleParser parser = new PreambleParser(FramingLimits.DEFAULT);
        assertThat(parser.mayEndHere(Unpooled.EMPTY_BUFFER)).isTrue();
        assertThat(parser.mayEndHere(Hex.buffer("00"))).isFalse();
        parser.read(Hex.buffer("00 01 00"));
        assertThat(parser.mayEndHere(Unpooled.EMPTY_BUFFER)).isFalse();
    }
}
