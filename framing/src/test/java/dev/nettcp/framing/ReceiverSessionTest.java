package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiverSessionTest {
    private static final String DUPLEX = Hex.of(GoldenRecords.encode(ClientTester.DUPLEX.records()));
    private static final String SINGLETON = Hex.of(GoldenRecords.encode(ClientTester.SINGLETON.records()));
    private static final String TLS = "09 13 6170706c69636174696f6e2f73736c2d746c73";

    private final ReceiverSession session = new ReceiverSession(FramingLimits.DEFAULT, FaultPolicy.FRIENDLY);
    private final ByteBuf in = Unpooled.buffer();

    private ReceiverEvent receive(String hex) {
        in.writeBytes(Hex.bytes(hex));
        return next();
    }

    private ReceiverEvent next() {
        ReceiverEvent event = session.next(in);
        assertThat(event).isNotNull();
        return event;
    }

    private void nothingHappens() {
        assertThat(session.next(in)).isNull();
    }

    private void open(String preamble, EndpointTerms terms) {
        assertThat(receive(preamble + "0C")).isInstanceOf(ReceiverEvent.PreambleRead.class);
        session.accept(terms);
        assertThat(next()).isInstanceOf(ReceiverEvent.Opened.class);
    }

    @Test
    void nothingIsReadUntilTheEndpointIsKnown() {
        assertThat(receive(DUPLEX + "0C 06 01 AA 07")).isEqualTo(new ReceiverEvent.PreambleRead(ClientTester.DUPLEX));
        nothingHappens();
        assertThat(Hex.of(in)).isEqualTo("0c0601aa07");
        session.accept(ServerTester.BUFFERED);
        assertThat(next()).isInstanceOf(ReceiverEvent.Opened.class);
        assertThat(next()).isEqualTo(new SessionEvent.Envelope(Hex.buffer("AA")));
        assertThat(next()).isEqualTo(new SessionEvent.PeerEnded());
    }

    @Test
    void aRefusedClientGetsTheFaultAndThatIsTheEnd() {
        receive(DUPLEX);
        session.refuse(FaultCode.SERVER_TOO_BUSY, "the queue is full");
        ReceiverEvent refused = next();
        assertThat(refused)
                .isEqualTo(new ReceiverEvent.Refused(FaultCode.SERVER_TOO_BUSY, 65_536, "the queue is full"));
        assertThat(refused.send()).containsExactly(new FramingRecord.Fault(FaultCode.SERVER_TOO_BUSY));
        in.writeBytes(Hex.bytes("0C"));
        nothingHappens();
    }

    @Test
    void theReasonOfARefusalNamesWhatWasWantedAndWhatThereIs() {
        receive(SINGLETON);
        session.accept(ServerTester.BUFFERED);
        assertThat(next())
                .isEqualTo(new ReceiverEvent.Refused(
                        FaultCode.UNSUPPORTED_MODE,
                        65_536,
                        "mode SINGLETON_UNSIZED is wanted, DUPLEX is what the endpoint at"
                                + " net.tcp://localhost:8808/calc speaks"));
    }

    @Test
    void bytesBehindAnUpgradeRequestBelongToTheHandshake() {
        receive(DUPLEX);
        session.accept(ServerTester.TLS_REQUIRED);
        ReceiverEvent requested = receive(TLS + "16 03 01");
        assertThat(requested).isEqualTo(new ReceiverEvent.UpgradeRequested("application/ssl-tls"));
        assertThat(requested.send()).containsExactly(new FramingRecord.UpgradeResponse());
        nothingHappens();
        assertThat(Hex.of(in)).isEqualTo("160301");
        in.clear(); // the handshake takes them
        session.upgraded();
        assertThat(receive("0C")).isEqualTo(new ReceiverEvent.Opened(ClientTester.DUPLEX));
    }

    @Test
    void aSecondUpgradeIsRefused() {
        receive(DUPLEX);
        session.accept(ServerTester.TLS_REQUIRED);
        receive(TLS);
        session.upgraded();
        assertThat(receive(TLS)).isInstanceOfSatisfying(ReceiverEvent.Refused.class, refused -> {
            assertThat(refused.fault()).isEqualTo(FaultCode.UPGRADE_INVALID);
            assertThat(refused.reason()).contains("the stream is secured already");
        });
    }

    @Test
    void aSecuredStreamThatIsCutOffBeforeTheEndIsAbortedAlsoBehindAnEnvelope() {
        receive(DUPLEX);
        session.accept(ServerTester.TLS_REQUIRED);
        receive(TLS);
        session.upgraded();
        assertThat(receive("0C 06 01 AA")).isInstanceOf(ReceiverEvent.Opened.class);
        assertThat(next()).isInstanceOf(SessionEvent.Envelope.class);
        session.streamCutOff();
        assertThat(next()).isInstanceOf(ReceiverEvent.Aborted.class);
    }

    @Test
    void aSecuredStreamThatIsCutOffBehindTheEndHasEnded() {
        receive(DUPLEX);
        session.accept(ServerTester.TLS_REQUIRED);
        receive(TLS);
        session.upgraded();
        receive("0C 07");
        assertThat(next()).isEqualTo(new SessionEvent.PeerEnded());
        session.streamCutOff();
        nothingHappens();
        session.sending(new FramingRecord.End());
        assertThat(next()).isEqualTo(new SessionEvent.Finished(false));
    }

    @Test
    void aStreamThatEndsDuringTheHandshakeIsAborted() {
        receive(DUPLEX);
        session.accept(ServerTester.TLS_REQUIRED);
        receive(TLS);
        session.endOfStream();
        assertThat(next()).isInstanceOf(ReceiverEvent.Aborted.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00 01       | in the preamble, before its Version record, in the middle of a record; bytes of it that came: 2
            00 01 00    | in the preamble, before its Mode record
            00 01 00 01 02 02 | in the preamble, before its Via record, in the middle of a record; bytes of it that came: 1
            """)
    void itIsSaidInWordsWhereTheClientClosedTheConnection(String received, String where) {
        in.writeBytes(Hex.bytes(received));
        session.endOfStream();
        assertThat(next())
                .isInstanceOfSatisfying(
                        ReceiverEvent.Aborted.class,
                        aborted -> assertThat(aborted.cause()).hasMessage("the client closed the connection " + where));
    }

    @Test
    void theEndOfTheStreamWaitsForTheDecision() {
        receive(DUPLEX + "0C 06 01 AA");
        session.endOfStream();
        nothingHappens();
        session.accept(ServerTester.BUFFERED);
        assertThat(next()).isInstanceOf(ReceiverEvent.Opened.class);
        assertThat(next()).isInstanceOf(SessionEvent.Envelope.class);
        assertThat(next()).isEqualTo(new SessionEvent.PeerEnded());
        nothingHappens();
        session.sending(new FramingRecord.End());
        assertThat(next()).isEqualTo(new SessionEvent.Finished(false));
        nothingHappens();
    }

    @Test
    void whenBothHaveEndedEverythingStartsAfresh() {
        open(DUPLEX, ServerTester.BUFFERED);
        assertThat(receive("07")).isEqualTo(new SessionEvent.PeerEnded());
        in.writeBytes(Hex.bytes(SINGLETON));
        nothingHappens(); // the next preamble waits for this side's End
        session.sending(new FramingRecord.End());
        assertThat(next()).isEqualTo(new SessionEvent.Finished(true));
        assertThat(session.finishedSessions()).isEqualTo(1);
        assertThat(session.stage()).isEqualTo(PreambleParser.Stage.VERSION_AND_MODE);
        assertThat(next()).isEqualTo(new ReceiverEvent.PreambleRead(ClientTester.SINGLETON));
    }

    @Test
    void thisSideMayEndFirst() {
        open(DUPLEX, ServerTester.BUFFERED);
        session.sending(new FramingRecord.End());
        assertThat(receive("06 01 AA")).isInstanceOf(SessionEvent.Envelope.class);
        assertThat(receive("07")).isEqualTo(new SessionEvent.PeerEnded());
        assertThat(next()).isEqualTo(new SessionEvent.Finished(true));
    }

    @Test
    void betweenSessionsTheStreamMayEndSilently() {
        open(DUPLEX, ServerTester.BUFFERED);
        receive("07");
        session.sending(new FramingRecord.End());
        next();
        session.endOfStream();
        assertThat(next()).isEqualTo(new ReceiverEvent.Closed());
        nothingHappens();
    }

    @Test
    void aClientThatClosesRightBehindItsEndIsStillAnswered() {
        open(DUPLEX, ServerTester.BUFFERED);
        receive("07");
        session.endOfStream();
        nothingHappens();
        session.sending(new FramingRecord.SizedEnvelope(Hex.buffer("AA")));
        session.sending(new FramingRecord.End());
        assertThat(next()).isEqualTo(new SessionEvent.Finished(false));
    }

    @Test
    void theEndpointsOwnLimitHoldsUntilTheNextPreamble() {
        EndpointTerms small = new EndpointTerms(FramingMode.DUPLEX, type -> true, Set.of(), 2);
        open(DUPLEX, small);
        assertThat(receive("06 02 AAAA")).isInstanceOf(SessionEvent.Envelope.class);
        receive("07");
        session.sending(new FramingRecord.End());
        next();
        open(DUPLEX, ServerTester.BUFFERED);
        assertThat(receive("06 03 AAAAAA")).isInstanceOf(SessionEvent.Envelope.class);
    }

    @Test
    void aFriendlyServerTakesTheEnvelopeItRefusesSoThatTheClientSeesTheFault() {
        open(DUPLEX, ServerTester.BUFFERED);
        assertThat(receive("06 80 80 40"))
                .isInstanceOfSatisfying(
                        ReceiverEvent.Refused.class,
                        refused -> assertThat(refused.drainLimit()).isEqualTo(65_536 + 1_048_576));
    }

    @Test
    void aStrictServerDrainsAsLittleAsTheOriginal() {
        ReceiverSession strict = new ReceiverSession(FramingLimits.DEFAULT, FaultPolicy.STRICT);
        in.writeBytes(Hex.bytes(DUPLEX + "0C 06 80 80 40"));
        strict.next(in);
        strict.accept(ServerTester.BUFFERED);
        strict.next(in);
        assertThat(strict.next(in))
                .isInstanceOfSatisfying(
                        ReceiverEvent.Refused.class,
                        refused -> assertThat(refused.drainLimit()).isEqualTo(65_536));
    }

    @Test
    void noFaultGoesOutBehindThisSidesEnd() {
        open(DUPLEX, ServerTester.BUFFERED);
        session.sending(new FramingRecord.End());
        assertThat(receive("06 80 80 40")).isInstanceOf(ReceiverEvent.Aborted.class);
    }

    @Test
    void anUnsizedEnvelopeOverTheLimitIsRefusedWhereAReplyMayStand() {
        open(SINGLETON, ServerTester.STREAMED);
        assertThat(receive("05")).isEqualTo(new SessionEvent.EnvelopeStart());
        assertThat(receive("80 80 40")).isInstanceOfSatisfying(ReceiverEvent.Refused.class, refused -> {
            assertThat(refused.fault()).isEqualTo(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED);
            assertThat(refused.reason()).isEqualTo("envelope of 1048576 bytes exceeds maxEnvelopeBytes=65536");
        });
    }

    @Test
    void anUnsizedEnvelopeOverTheLimitIsAbortedBehindTheBeginningOfTheReply() {
        open(SINGLETON, ServerTester.STREAMED);
        assertThat(receive("05")).isEqualTo(new SessionEvent.EnvelopeStart());
        session.sending(new FramingRecord.UnsizedEnvelopeStart());
        assertThat(receive("80 80 40"))
                .isInstanceOfSatisfying(
                        ReceiverEvent.Aborted.class,
                        aborted -> assertThat(aborted.cause())
                                .hasMessage("envelope of 1048576 bytes exceeds maxEnvelopeBytes=65536"));
    }

    @Test
    void underStrictParityAnUnsizedEnvelopeOverTheLimitIsAborted() {
        ReceiverSession strict = new ReceiverSession(FramingLimits.DEFAULT, FaultPolicy.STRICT);
        ByteBuf in = Unpooled.wrappedBuffer(Hex.bytes(SINGLETON + "0C 05 80 80 40"));
        assertThat(strict.next(in)).isInstanceOf(ReceiverEvent.PreambleRead.class);
        strict.accept(ServerTester.STREAMED);
        assertThat(strict.next(in)).isInstanceOf(ReceiverEvent.Opened.class);
        assertThat(strict.next(in)).isEqualTo(new SessionEvent.EnvelopeStart());
        assertThat(strict.next(in)).isInstanceOf(ReceiverEvent.Aborted.class);
    }

    @Test
    void aSingletonSessionIsOneRequestAndOneReply() {
        open(SINGLETON, ServerTester.STREAMED);
        receive("05");
        assertThat(receive("02 AABB")).isEqualTo(new SessionEvent.EnvelopeChunk(Hex.buffer("AABB")));
        session.sending(new FramingRecord.UnsizedEnvelopeStart()); // a reply may begin before the request has ended
        assertThat(receive("00")).isEqualTo(new SessionEvent.EnvelopeEnd());
        assertThat(receive("07")).isEqualTo(new SessionEvent.PeerEnded());
        session.sending(new FramingRecord.UnsizedEnvelopeChunk(Hex.buffer("CC")));
        session.sending(new FramingRecord.UnsizedEnvelopeEnd());
        session.sending(new FramingRecord.End());
        assertThat(next()).isEqualTo(new SessionEvent.Finished(true));
    }

    @Test
    void aSingletonSessionMayHaveNoReply() {
        open(SINGLETON, ServerTester.STREAMED);
        receive("05");
        receive("01 AA");
        receive("00");
        receive("07");
        session.sending(new FramingRecord.End());
        assertThat(next()).isEqualTo(new SessionEvent.Finished(true));
    }

    @Test
    void inAPreambleItIsKnownHowMuchIsMissingToItsEncodingRecord() {
        assertThat(session.bytesMissing(in)).isEqualTo(9);
        in.writeBytes(Hex.bytes("00 01 00 01 02 02 1D"));
        nothingHappens();
        assertThat(session.bytesMissing(in)).isEqualTo(29 + 2);
    }

    @Test
    void inASessionItIsKnownHowMuchOfAnEnvelopeIsMissing() {
        open(DUPLEX, ServerTester.BUFFERED);
        in.writeBytes(Hex.bytes("06 AC 02 AA"));
        nothingHappens();
        assertThat(session.bytesMissing(in)).isEqualTo(299);
    }

    @ParameterizedTest
    @EnumSource(FaultPolicy.class)
    void whatIsOutOfOrderIsAbortedUnderEveryPolicy(FaultPolicy policy) {
        ReceiverSession any = new ReceiverSession(FramingLimits.DEFAULT, policy);
        assertThat(any.next(Hex.buffer("0B")))
                .isInstanceOfSatisfying(
                        ReceiverEvent.Aborted.class,
                        aborted -> assertThat(aborted.cause())
                                .hasMessage("record PREAMBLE_ACK (0x0B) is out of order: now only [VERSION] may come"));
    }

    @Test
    void callsOutOfOrderAreMistakesOfTheProgram() {
        assertThatThrownBy(() -> session.accept(ServerTester.BUFFERED)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.refuse(FaultCode.SERVER_TOO_BUSY, ""))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::upgraded).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.sending(new FramingRecord.End())).isInstanceOf(IllegalStateException.class);
    }
}
