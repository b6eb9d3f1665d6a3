package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values: modes, content types, fault codes, limits. */
class VocabularyTest {
    @Test
    void aModeKnowsItsByteOnTheWire() {
        for (FramingMode mode : FramingMode.values()) {
            assertThat(FramingMode.of(mode.value())).contains(mode);
        }
        assertThat(FramingMode.of(0)).isEmpty();
        assertThat(FramingMode.of(5)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, text/xml; charset=utf-8, text/xml",
        "1, text/xml; charset=utf16, text/xml",
        "2, text/xml; charset=unicodeFFFE, text/xml",
        "3, application/soap+xml; charset=utf-8, application/soap+xml",
        "6, multipart/related, multipart/related",
        "7, application/soap+msbin1, application/soap+msbin1",
        "8, application/soap+msbinsession1, application/soap+msbinsession1"
    })
    void aKnownEncodingIsAContentType(int code, String text, String mediaType) {
        ContentType type = ContentType.ofKnown(code);
        assertThat(type).isEqualTo(new ContentType(text)).hasToString(text);
        assertThat(type.toRecord()).isEqualTo(new FramingRecord.KnownEncoding(code));
        assertThat(type.mediaType()).isEqualTo(mediaType);
    }

    @Test
    void anUndefinedEncodingIsATextThatNobodySupports() {
        assertThat(ContentType.ofKnown(9)).hasToString("unknown<9>");
        assertThat(ContentType.ofKnown(255)).hasToString("unknown<255>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/soap+msbinsession1+gzip",
                "application/soap+xml; charset=utf-16LE",
                "TEXT/XML; charset=utf-8",
                "multipart/related; type=\"application/xop+xml\""
            })
    void whatIsNotExactlyAKnownTextTravelsAsText(String text) {
        assertThat(new ContentType(text).toRecord()).isEqualTo(new FramingRecord.ExtensibleEncoding(text));
    }

    @Test
    void aFaultCodeThatNobodyKnowsKeepsItsText() {
        FaultCode unknown = new FaultCode("urn:something-else");
        assertThat(unknown.name()).isEqualTo("urn:something-else");
        assertThat(FailureKind.of(unknown)).isEqualTo(FailureKind.PROTOCOL);
        assertThat(FaultCode.VIA_TOO_LONG.name()).isEqualTo("ViaTooLong");
        assertThat(FaultCode.VIA_TOO_LONG).isEqualTo(new FaultCode(FaultCode.VIA_TOO_LONG.uri()));
    }

    @Test
    void aLimitThatWouldRefuseEverythingIsRefusedItself() {
        assertThatThrownBy(() -> FramingLimits.DEFAULT.withMaxEnvelopeBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxEnvelopeBytes must be at least 1, not 0");
    }

    @Test
    void whoReceivesAnEnvelopeReleasesItsBytes() {
        ByteBuf payload = Hex.buffer("AA");
        ByteBuf chunk = Hex.buffer("BB");
        new FramingRecord.SizedEnvelope(payload).release();
        new FramingRecord.UnsizedEnvelopeChunk(chunk).release();
        new FramingRecord.End().release();
        assertThat(payload.refCnt()).isZero();
        assertThat(chunk.refCnt()).isZero();
    }
}
