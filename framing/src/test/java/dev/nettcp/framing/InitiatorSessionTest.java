package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Hex;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitiatorSessionTest {
    private static final String TLS = "application/ssl-tls";

    private static ClientTester client(Preamble preamble) {
        return new ClientTester(new InitiatorSession(preamble, FramingLimits.DEFAULT));
    }

    @Test
    void withoutAnUpgradeTheWholePreambleIsOneWrite() {
        try (ClientTester client = client(ClientTester.DUPLEX)) {
            assertThat(client.events()).hasSize(1);
            assertThat(Hex.of(GoldenRecords.encode(client.events().get(0).send())))
                    .isEqualTo("0001000102021d6e65742e7463703a2f2f6c6f63616c686f73743a383830382f63616c6303080c");
            client.receives("0B");
            assertThat(client.events()).hasSize(2).endsWith(new InitiatorEvent.Opened());
        }
    }

    @Test
    void anUpgradeIsAskedForInAWriteOfItsOwnAndThePreambleEndsInsideTheSecuredStream() {
        InitiatorSession session = InitiatorSession.withUpgrade(ClientTester.DUPLEX, TLS, FramingLimits.DEFAULT);
        try (ClientTester client = new ClientTester(session)) {
            assertThat(client.events())
                    .containsExactly(
                            new InitiatorEvent.Introduced(ClientTester.DUPLEX.records()),
                            new InitiatorEvent.Introduced(List.of(new FramingRecord.UpgradeRequest(TLS))));
            client.receives("0A");
            assertThat(client.events()).endsWith(new InitiatorEvent.UpgradeAccepted(TLS));
            session.upgraded();
            client.advance();
            assertThat(client.events())
                    .endsWith(new InitiatorEvent.Introduced(List.of(new FramingRecord.PreambleEnd())));
            client.receives("0B");
            assertThat(client.events()).endsWith(new InitiatorEvent.Opened());
        }
    }

    @Test
    void aServerThatClosesDuringTheHandshakeIsASecurityFailure() {
        InitiatorSession session = InitiatorSession.withUpgrade(ClientTester.DUPLEX, TLS, FramingLimits.DEFAULT);
        try (ClientTester client = new ClientTester(session)) {
            client.receives("0A").endOfStream();
            assertThat(client.failure()).contains(FailureKind.SECURITY);
        }
    }

    @Test
    void whenBothHaveEndedTheConnectionMayBeUsedAgain() {
        try (ClientTester client = client(ClientTester.DUPLEX)) {
            client.receives("0B");
            client.session().sending(new FramingRecord.End());
            client.receives("06 01 AA 07");
            assertThat(client.events()).endsWith(new SessionEvent.PeerEnded(), new SessionEvent.Finished(true));
        }
    }

    @Test
    void aConnectionWithBytesBehindTheServersEndIsNotUsedAgain() {
        try (ClientTester client = client(ClientTester.DUPLEX)) {
            client.receives("0B");
            client.session().sending(new FramingRecord.End());
            client.receives("07 0B");
            assertThat(client.events()).endsWith(new SessionEvent.Finished(false));
        }
    }

    @Test
    void aServerThatVanishesBehindAnEnvelopeHasEndedAndTheConnectionIsGone() {
        try (ClientTester client = client(ClientTester.DUPLEX)) {
            client.receives("0B 06 01 AA").endOfStream();
            assertThat(client.events()).endsWith(new SessionEvent.PeerEnded());
            client.session().sending(new FramingRecord.End());
            client.advance();
            assertThat(client.events()).endsWith(new SessionEvent.Finished(false));
        }
    }

    @Test
    void aFaultBehindOnesOwnEndIsNotAnsweredByAnotherEnd() {
        try (ClientTester client = client(ClientTester.DUPLEX)) {
            client.receives("0B");
            client.session().sending(new FramingRecord.End());
            client.receives(Hex.of(
                    GoldenRecords.encode(List.of(new FramingRecord.Fault(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED)))));
            assertThat(client.events())
                    .endsWith(new InitiatorEvent.Refused(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED, true, List.of()));
        }
    }

    @Test
    void aSingletonSessionIsOneRequestAndOneReply() {
        try (ClientTester client = client(ClientTester.SINGLETON)) {
            client.receives("0B");
            InitiatorSession session = client.session();
            assertThatThrownBy(() -> session.sending(new FramingRecord.End())) // a session without request is no use
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("record END cannot be sent: the sending side of the session is in state REQUEST");
            session.sending(new FramingRecord.UnsizedEnvelopeStart());
            session.sending(new FramingRecord.UnsizedEnvelopeChunk(Hex.buffer("AA")));
            session.sending(new FramingRecord.UnsizedEnvelopeEnd());
            session.sending(new FramingRecord.End());
            client.receives("05 01 AA 02 BBBB 00");
            client.receives("07");
            assertThat(client.events())
                    .endsWith(
                            new SessionEvent.EnvelopeEnd(),
                            new SessionEvent.PeerEnded(),
                            new SessionEvent.Finished(true));
        }
    }

    @Test
    void aSingletonSessionMayHaveNoReply() {
        try (ClientTester client = client(ClientTester.SINGLETON)) {
            client.receives("0B 07");
            assertThat(client.events()).endsWith(new InitiatorEvent.Opened(), new SessionEvent.PeerEnded());
        }
    }

    @Test
    void aStreamThatEndsWithinASingletonReplyHasBrokenOff() {
        try (ClientTester client = client(ClientTester.SINGLETON)) {
            client.receives("0B 05 01 AA 00").endOfStream();
            assertThat(client.failure()).contains(FailureKind.PROTOCOL);
            assertThat(client.message())
                    .isEqualTo("the server closed the connection behind the reply and before the End record");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
            DUPLEX            | nothing     | before it acknowledged the session
            DUPLEX            | 0B          | before the first envelope of the session
            DUPLEX            | 0B 06       | before the first envelope of the session, in the middle of a record; bytes of it that came: 1
            DUPLEX            | 0B 06 01 AA 06 03 BB | in the open session, in the middle of a record; bytes of it that came: 3
            SINGLETON_UNSIZED | 0B          | before the reply
            SINGLETON_UNSIZED | 0B 05 01 AA | in the middle of the reply
            """)
    void itIsSaidInWordsWhereTheServerClosedTheConnection(FramingMode mode, @Nullable String received, String where) {
        try (ClientTester client = client(mode == FramingMode.DUPLEX ? ClientTester.DUPLEX : ClientTester.SINGLETON)) {
            client.receives(received == null ? "" : received).endOfStream();
            assertThat(client.message()).isEqualTo("the server closed the connection " + where);
        }
    }

    @Test
    void itIsSaidWhichUpgradeTheServerDidNotAnswer() {
        try (ClientTester client =
                new ClientTester(InitiatorSession.withUpgrade(ClientTester.DUPLEX, TLS, FramingLimits.DEFAULT))) {
            client.endOfStream();
            assertThat(client.message())
                    .isEqualTo(
                            "the server closed the connection before it answered the request for the upgrade " + TLS);
        }
    }

    @Test
    void aReplyOverTheLimitIsAQuotaAndNothingIsSent() {
        try (ClientTester client = client(ClientTester.DUPLEX)) {
            client.receives("0B 06 81 80 04");
            assertThat(client.failure()).contains(FailureKind.QUOTA_EXCEEDED);
            assertThat(client.farewell()).isEmpty();
            assertThat(client.session().next(Hex.buffer("07"))).isNull();
        }
    }

    @Test
    void nothingIsSentBeforeTheSessionIsOpenNorBehindOnesOwnEnd() {
        try (ClientTester client = client(ClientTester.DUPLEX)) {
            assertThatThrownBy(client::sendsEnvelope).isInstanceOf(IllegalStateException.class);
            client.receives("0B");
            client.session().sending(new FramingRecord.End());
            assertThatThrownBy(client::sendsEnvelope)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "record SIZED_ENVELOPE cannot be sent: this side has ended the session with its End record");
        }
    }

    @Test
    void itIsKnownHowMuchOfAnEnvelopeIsMissing() {
        InitiatorSession session = new InitiatorSession(ClientTester.DUPLEX, FramingLimits.DEFAULT);
        try (ClientTester client = new ClientTester(session)) {
            client.receives("0B");
            assertThat(session.bytesMissing(Hex.buffer("06 AC 02 AA"))).isEqualTo(299);
            assertThat(session.bytesMissing(Hex.buffer(""))).isEqualTo(1);
        }
    }

    @Test
    void anUpgradeThatIsNotInProgressCannotBeDone() {
        InitiatorSession session = new InitiatorSession(ClientTester.DUPLEX, FramingLimits.DEFAULT);
        assertThatThrownBy(session::upgraded).isInstanceOf(IllegalStateException.class);
    }
}
