package dev.nettcp.sharing.service;

import static dev.nettcp.sharing.service.telemetry.Counter.CONNECTIONS_ACCEPTED;
import static dev.nettcp.sharing.service.telemetry.Counter.CONNECTIONS_DISPATCHED;
import static dev.nettcp.sharing.service.telemetry.Counter.DISPATCH_FAILURES;
import static dev.nettcp.sharing.service.telemetry.Counter.EARLY_FAILURES;
import static dev.nettcp.sharing.service.telemetry.Counter.PROTOCOL_FAILURES;
import static dev.nettcp.sharing.service.telemetry.Counter.SILENT_CLOSES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.ScriptedPeer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service reads of a client, and what it does when it cannot be read. */
class PreambleTest extends ServiceTest {
    private static final String STRICT = "parity: strict";

    private ScriptedWorker worker;

    private ScriptedPeer clientOf(String... configuration) {
        launch(configuration);
        worker = service().worker("/a");
        return service().client();
    }

    private byte[] preamble() {
        return Preambles.duplex(service().address("/a"));
    }

    private static byte[] and(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private void assertFailures(long early, long protocol) {
        service().awaitCount(EARLY_FAILURES, early);
        service().awaitCount(PROTOCOL_FAILURES, protocol);
        assertThat(service().count(DISPATCH_FAILURES)).isZero();
    }

    @Test
    void case052_aConnectionIsHandedOverRightAfterItsEncodingRecord() {
        ScriptedPeer client = clientOf();
        client.sends(preamble());

        TakenConnection taken = worker.takes();

        assertThat(taken.bytesRead()).isEqualTo(preamble());
        taken.sends((byte) 0x0B);
        client.expects("0b");
    }

    @Test
    void case053_oneBytePerPacketMakesNoDifference() {
        ScriptedPeer client = clientOf();
        client.sends(Fragments.byteByByte(preamble()));

        assertThat(worker.takes().bytesRead()).isEqualTo(preamble());
    }

    @Test
    void case054_aStreamedPreambleIsHandedOver() {
        ScriptedPeer client = clientOf();
        byte[] streamed = Preambles.of(FramingMode.SINGLETON_UNSIZED, service().address("/a"), ContentType.BINARY);
        client.sends(streamed);

        assertThat(worker.takes().bytesRead()).isEqualTo(streamed);
    }

    @Test
    void case055_whatCameWithThePreambleGoesToTheWorker() {
        ScriptedPeer client = clientOf();
        byte[] envelope = new byte[300];
        Arrays.fill(envelope, (byte) 0x55);
        byte[] all = and(and(preamble(), new byte[] {0x0C, 0x06, (byte) 0xAC, 0x02}), envelope);
        client.sends(all);

        TakenConnection taken = worker.takes();

        assertThat(and(taken.bytesRead(), taken.reads(all.length - taken.bytesRead().length)))
                .isEqualTo(all);
    }

    @Test
    void case056_anUpgradeRequestGoesToTheWorkerAndIsNotAnswered() {
        ScriptedPeer client = clientOf();
        byte[] all = and(preamble(), Preambles.encoded(new FramingRecord.UpgradeRequest("application/ssl-tls")));
        client.sends(all);

        TakenConnection taken = worker.takes();

        assertThat(taken.bytesRead()).isEqualTo(all);
        taken.sends((byte) 0x0A);
        client.expects("0a");
    }

    @Test
    void case057_aClientThatClosesWithoutAByteIsNoFailure() {
        ScriptedPeer client = clientOf();
        client.endsItsDirection();

        client.expectsEnd();
        service().awaitCount(SILENT_CLOSES, 1);
        assertFailures(0, 0);
    }

    @Test
    void case058_aClientThatClosesAfterThreeBytesIsAborted() {
        ScriptedPeer client = clientOf();
        client.sends("00 01 00");
        client.endsItsDirection();

        client.expectsReset();
        assertFailures(1, 0);
    }

    @Test
    void case059_aHttpRequestIsAbortedWithoutAByte() {
        ScriptedPeer client = clientOf();
        client.sends(Preambles.ascii("GET / HTTP/1.1\r\n\r\n"));

        client.expectsReset();
        assertFailures(1, 0);
    }

    @Test
    void case060_majorVersion2IsAnsweredWithUnsupportedVersion() {
        ScriptedPeer client = clientOf();
        client.sends("00 02 00");

        expectsFault(client, FaultCode.UNSUPPORTED_VERSION);
        assertFailures(1, 0);
    }

    @Test
    void case061_minorVersion7IsAccepted() {
        ScriptedPeer client = clientOf();
        byte[] preamble = preamble();
        preamble[2] = 7;
        client.sends(preamble);

        assertThat(worker.takes().bytesRead()).isEqualTo(preamble);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "03", "04", "05"})
    void case062_063_anotherModeIsAnsweredWithUnsupportedMode(String mode) {
        ScriptedPeer client = clientOf();
        client.sends("00 01 00 01", mode);

        expectsFault(client, FaultCode.UNSUPPORTED_MODE);
        assertFailures(1, 0);
    }

    @ParameterizedTest
    @CsvSource({"000200,1,0", "0001000105,1,0", "0001000103,1,0", "00010001020281 10,0,1", "000100010202 00,0,1"})
    void case060_062_063_064_066_theOriginalAbortsSilently(String hex, long early, long protocol) {
        ScriptedPeer client = clientOf(STRICT);
        client.sends(hex);

        client.expectsReset();
        assertFailures(early, protocol);
    }

    @Test
    void case064_aViaOf2048BytesIsRouted() {
        ScriptedPeer client = clientOf();
        String via = service().address("/a/");
        client.sends(Preambles.duplex(via + "x".repeat(2048 - via.length())));

        assertThat(worker.takes().bytesRead().length).isGreaterThan(2048);
    }

    @Test
    void case064_aViaOf2049BytesIsRefusedByItsLength() {
        ScriptedPeer client = clientOf();
        client.sends("00 01 00 01 02 02 81 10");

        expectsFault(client, FaultCode.VIA_TOO_LONG);
        assertFailures(0, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a uri", "", "net.tcp://u@h/a"})
    void case065_aViaThatIsNoAddressIsAborted(String via) {
        ScriptedPeer client = clientOf();
        client.sends(Preambles.duplex(via));

        client.expectsReset();
        assertFailures(0, 1);
    }

    @Test
    void case066_aContentTypeOf257BytesIsAnsweredWithContentTypeTooLong() {
        ScriptedPeer client = clientOf();
        client.sends(Preambles.encoded(
                FramingRecord.Version.CURRENT,
                new FramingRecord.Mode(FramingMode.DUPLEX),
                new FramingRecord.Via(service().address("/a"))));
        client.sends("04 81 02");

        expectsFault(client, FaultCode.CONTENT_TYPE_TOO_LONG);
        assertFailures(0, 1);
    }

    @Test
    void case067_127_anotherRecordInThePlaceOfTheViaIsAborted() {
        ScriptedPeer client = clientOf();
        client.sends("00 01 00 01 02 05");

        client.expectsReset();
        assertFailures(0, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"80 80 80 80 80 00", "ff ff ff ff 08"})
    void case068_aSizeOfMoreThan31BitsIsAborted(String size) {
        ScriptedPeer client = clientOf();
        client.sends("00 01 00 01 02 02", size);

        client.expectsReset();
        assertFailures(0, 1);
    }

    @Test
    void case068_aPaddedSizeIsAccepted() {
        ScriptedPeer client = clientOf();
        byte[] via = Preambles.ascii(service().address("/a"));
        client.sends("00 01 00 01 02 02");
        client.sends(new byte[] {(byte) (0x80 | via.length), 0x00});
        client.sends(via);
        client.sends("03 08");

        worker.takes();
    }

    @Test
    void case069_aClientThatStallsAfterItsModeIsAborted() {
        ScriptedPeer client = clientOf("receiveTimeout: 2s");
        client.sends("00 01 00 01 02");

        client.expectsReset();
        assertFailures(0, 1);
    }

    @Test
    void case069_aClientThatStallsBeforeItsModeIsAbortedToo() {
        ScriptedPeer client = clientOf("receiveTimeout: 2s");
        client.sends("00 01");

        client.expectsReset();
        assertFailures(1, 0);
    }

    @Test
    void case070_theTimeForAPreambleDoesNotBeginAnewWithItsVia() {
        ScriptedPeer client = clientOf("receiveTimeout: 3s");
        client.sends("00 01 00 01 02");
        client.expectsSilence(Duration.ofSeconds(1));
        client.sends("02 20 6e 65 74");

        client.expectsReset();
        assertFailures(0, 1);
    }

    @Test
    void case074_anUnknownEncodingIsTheWorkersBusiness() {
        ScriptedPeer client = clientOf();
        byte[] preamble = preamble();
        preamble[preamble.length - 1] = 0x63;
        client.sends(preamble);

        assertThat(worker.takes().bytesRead()).isEqualTo(preamble);
    }

    @Test
    void theLongestPreambleFitsWhateverItsPieces() {
        ScriptedPeer client = clientOf();
        String via = service().address("/a/");
        byte[] preamble = Preambles.of(
                FramingMode.DUPLEX, via + "x".repeat(2048 - via.length()), new ContentType("t".repeat(256)));
        assertThat(preamble).hasSize(2315);
        client.sends(Fragments.cutAt(preamble, 700));
        client.sends(new byte[4000]);

        TakenConnection taken = worker.takes();

        assertThat(taken.bytesRead()).startsWith(preamble);
        assertThat(taken.bytesRead().length).isLessThanOrEqualTo(2315 + 512);
    }

    @Test
    void aClientThatSendsItsPreambleAndEndsItsDirectionIsHandedOver() {
        ScriptedPeer client = clientOf();
        client.sends(preamble());
        client.endsItsDirection();

        TakenConnection taken = worker.takes();

        assertThat(taken.bytesRead()).isEqualTo(preamble());
        taken.sends((byte) 0x0B);
        client.expects("0b");
    }

    @Test
    void case124_oneConnectionCountsOnceAcceptedAndOnceDispatched() {
        ScriptedPeer client = clientOf();
        client.sends(preamble());
        worker.takes();

        service().awaitCount(CONNECTIONS_DISPATCHED, 1);
        service().awaitCount(CONNECTIONS_ACCEPTED, 1);
        assertFailures(0, 0);
    }
}
