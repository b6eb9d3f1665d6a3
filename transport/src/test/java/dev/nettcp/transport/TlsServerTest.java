package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.via.BaseAddress;
import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.testkit.TlsPeer;
import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcripts;
import dev.nettcp.testkit.Waiting;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.RevocationMode;
import dev.nettcp.transport.tls.TlsSettings;
import dev.nettcp.transport.tls.TlsUpgrade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our server, and clients that secure their streams with TLS: as they should, or not. */
class TlsServerTest extends TransportFixture {

    private static final String FAULT = "http://schemas.microsoft.com/ws/2006/05/framing/faults/UpgradeInvalid";

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionIsSecuredAndTheNextOneOnTheConnectionAnew(String version) {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            for (int session = 0; session < 3; session++) {
                TlsPeer tls = TlsParties.agreed(client, server, version);
                ScriptedPeer secured = tls.handshake();
                assertThat(tls.socket().getSession().getProtocol()).isEqualTo(version);
                secured.sends("0c 06 02 aa bb");
                secured.expects("0b 06 02 aa bb");
                secured.sends("07");
                secured.expects("07"); // and nothing behind it: what follows in plain is expected at once
            }
        }
        Waiting.until("the connection is gone", () -> server.acceptor.connections() == 0);
    }

    @Test
    void theHelloOfTheClientMayComeTogetherWithTheRequest() {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            ScriptedPeer secured = TlsPeer.client(client, TestCertificate.contextWithoutCertificate())
                    .sendingBefore(Preambles.upToEncoding(server.via("/calc")) + TlsParties.TLS)
                    .expectingBefore("0a")
                    .handshake();
            secured.sends("0c 06 01 aa 07");
            secured.expects("0b 06 01 aa 07");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dotnet/tls-string-hello", "dotnet/tls-streamed-string"})
    void aRecordedDotNetClientGetsAHelloOfTls12(String name) {
        Endpoint endpoint = name.contains("streamed")
                ? Endpoint.singleton(BaseAddress.parse("net.tcp://localhost:9000/peer"), Echo.LISTENER)
                : Endpoint.duplex(BaseAddress.parse("net.tcp://localhost:9000/peer"), Echo.LISTENER);
        Server server = serve(AcceptorSettings.DEFAULT, endpoint.withUpgrade(new TlsUpgrade(TlsParties.server())));
        List<Transcript.Data> said = Transcripts.read(name).pieces().stream()
                .filter(Transcript.Data.class::isInstance)
                .map(Transcript.Data.class::cast)
                .filter(data -> data.from() == Transcript.From.CLIENT)
                .toList();
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(said.get(0).hex()); // up to the encoding record
            client.sends(said.get(1).hex()); // the request for the upgrade
            client.expects("0a");
            client.sends(said.get(2).hex()); // the hello of the client
            client.expects("16 03 03");
        }
        assertThat(said.get(1).hex().replace(" ", "")).isEqualToIgnoringCase(TlsParties.TLS.replace(" ", ""));
    }

    @Test
    void theNextPreambleMayComeTogetherWithTheRecordOfTheLastEnd() {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            TlsPeer tls = TlsParties.agreed(client, server);
            ScriptedPeer secured = tls.handshake();
            secured.sends("0c");
            secured.expects("0b");
            tls.holdsOutput();
            secured.sends("07");
            client.sends(Hex.of(tls.heldOutput()), Preambles.upToEncoding(server.via("/calc")), TlsParties.TLS);
            secured.expects("07");
            client.expects("0a");
            ScriptedPeer again = TlsPeer.client(client, TestCertificate.contextWithoutCertificate())
                    .handshake();
            again.sends("0c 07");
            again.expects("0b 07");
        }
    }

    @Test
    void whatComesBehindTheEndIsLeftAloneAlsoWhileThisSideHasNotEnded() {
        Recorder sessions = new Recorder() {
            @Override
            public void ended(Session session) {
                events.add("ended"); // and does not end yet
            }
        };
        Server server =
                serve(AcceptorSettings.DEFAULT, secured(TlsParties.server(), SessionListener.of(any -> sessions)));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            TlsPeer tls = TlsParties.agreed(client, server);
            ScriptedPeer secured = tls.handshake();
            secured.sends("0c");
            secured.expects("0b");
            tls.holdsOutput();
            secured.sends("07");
            client.sends(Hex.of(tls.heldOutput()), Preambles.upToEncoding(server.via("/calc")), TlsParties.TLS);
            sessions.awaits("opened", "ended");
            sessions.session().send(bytes(0xaa));
            sessions.session().closeOutput();
            secured.expects("06 01 aa 07");
            client.expects("0a");
        }
    }

    @Test
    void bytesInTheSecuredStreamBehindTheEndAreNotTakenForAPreamble() {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            ScriptedPeer secured = TlsParties.agreed(client, server).handshake();
            secured.sends("0c");
            secured.expects("0b");
            secured.sends("07" + Preambles.upToEncoding(server.via("/calc")));
            secured.expects("07");
            client.expectsEndOrReset();
        }
    }

    @Test
    void plainRecordsBehindTheRequestAreNoHandshake() {
        Recorder sessions = new Recorder();
        Server server =
                serve(AcceptorSettings.DEFAULT, secured(TlsParties.server(), SessionListener.of(any -> sessions)));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.upToEncoding(server.via("/calc")), TlsParties.TLS, "0c 06 01 aa 07");
            client.expects("0a");
            assertThat(client.receivesUntilEndOrReset()).doesNotContain(0x0b);
        }
        Waiting.until("the connection is gone", () -> server.acceptor.connections() == 0);
        assertThat(sessions.events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "474554202f20485454502f312e310d0a0d0a",
                "16 03 01 ff ff",
                "80 2e 01 00 02",
                "00",
                "15 03 01 00 02 02 28"
            })
    void garbageInPlaceOfTheHelloEndsTheConnection(String garbage) {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.upToEncoding(server.via("/calc")), TlsParties.TLS);
            client.expects("0a");
            client.sends(garbage);
            client.endsItsDirection();
            client.receivesUntilEndOrReset();
        }
        Waiting.until("no place is taken", () -> server.acceptor.pendingConnections() == 0);
    }

    @Test
    void aClientThatSkipsTheUpgradeIsReset() {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.whole(server.via("/calc")), "06 01 aa");
            client.expectsReset();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/negotiate", "Application/SSL-TLS", "x"})
    void anotherUpgradeIsRefusedWithItsFault(String protocol) {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.upToEncoding(server.via("/calc")), TlsParties.request(protocol));
            client.expects("08 %02x".formatted(FAULT.length()), Hex.of(FAULT.getBytes(StandardCharsets.US_ASCII)));
            client.expectsEnd();
        }
    }

    @Test
    void aSecondUpgradeIsRefusedInsideTheFirst() {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            ScriptedPeer secured = TlsParties.agreed(client, server).handshake();
            secured.sends(TlsParties.TLS);
            secured.expects("08 %02x".formatted(FAULT.length()), Hex.of(FAULT.getBytes(StandardCharsets.US_ASCII)));
            client.expectsEnd();
        }
    }

    @Test
    void halfAHandshakeAndThenSilenceIsCutOffAfterTheOpenTimeout() {
        SessionTimeouts quick = SessionTimeouts.DEFAULT.withOpen(Duration.ofMillis(300));
        Server server = serve(
                AcceptorSettings.DEFAULT,
                secured(TlsParties.server(), Echo.LISTENER).withTimeouts(quick));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.upToEncoding(server.via("/calc")), TlsParties.TLS, "16 03 01 02 00 01 00");
            client.expects("0a");
            client.expectsReset();
        }
        Waiting.until("no place is taken", () -> server.acceptor.pendingConnections() == 0);
    }

    @Test
    void theEndOfTheStreamInTheMiddleOfTheHandshakeEndsTheConnectionAtOnce() {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.upToEncoding(server.via("/calc")), TlsParties.TLS);
            client.expects("0a");
            client.sends("16 03 01 02 00 01 00");
            client.endsItsDirection();
            client.expectsReset();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoTheClientIsStandsInTheSession(String version) {
        AtomicReference<RemoteSecurity> seen = new AtomicReference<>();
        SessionListener sessions = SessionListener.of(session -> {
            seen.set(session.remoteSecurity().orElseThrow());
            return new Echo();
        });
        Server server = serve(
                AcceptorSettings.DEFAULT, secured(TlsParties.server().withClientCertificateRequired(true), sessions));
        assertThat(opens(server, TlsParties.CLIENT.context(), version)).isTrue();
        RemoteSecurity client = seen.get();
        assertThat(client.upgrade()).isEqualTo("application/ssl-tls");
        assertThat(client.mechanism()).startsWith(version + " TLS_");
        assertThat(client.certificate()
                        .map(X509Certificate::getSubjectX500Principal)
                        .map(Object::toString))
                .isEqualTo(Optional.of("CN=alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithoutACertificateOrWithABadOneGetsNoSession(String version) {
        TestAuthority stranger = TestAuthority.create("Stranger");
        Server server = serve(TlsParties.server().withClientCertificateRequired(true));
        assertThat(opens(server, TestCertificate.contextWithoutCertificate(), version))
                .isFalse();
        assertThat(opens(server, stranger.issue(Wish.forClient("mallory")).context(), version))
                .isFalse();
        assertThat(opens(
                        server,
                        TlsParties.AUTHORITY
                                .issue(Wish.forClient("late").expired())
                                .context(),
                        version))
                .isFalse();
        assertThat(opens(server, TlsParties.CLIENT.context(), version)).isTrue();
        Waiting.until("no place is taken", () -> server.acceptor.pendingConnections() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWhoseCertificateHasBeenRevokedGetsNoSessionFromThatMomentOn(String version) {
        AtomicReference<X509CRL> list = new AtomicReference<>(TlsParties.AUTHORITY.revocationList());
        CertificateValidation validation = TlsParties.trust()
                .withRevocationMode(RevocationMode.OFFLINE)
                .withRevocationLists(() -> List.of(list.get()));
        Server server =
                serve(TlsParties.server().withClientCertificateRequired(true).withValidation(validation));
        assertThat(opens(server, TlsParties.CLIENT.context(), version)).isTrue();
        list.set(TlsParties.AUTHORITY.revocationList(TlsParties.CLIENT.certificate()));
        assertThat(opens(server, TlsParties.CLIENT.context(), version)).isFalse();
    }

    @Test
    void clientsMayBeTrustedOneByOneOrByOnesOwnCode() {
        TestCertificate bob = TlsParties.AUTHORITY.issue(Wish.forClient("bob"));
        List<CertificateValidation> onlyAlice = List.of(
                CertificateValidation.peerTrust(List.of(TlsParties.CLIENT.certificate())),
                CertificateValidation.custom(chain -> {
                    if (!chain.get(0).equals(TlsParties.CLIENT.certificate())) {
                        throw new CertificateException("not Alice");
                    }
                }));
        for (CertificateValidation validation : onlyAlice) {
            Server server = serve(
                    TlsParties.server().withClientCertificateRequired(true).withValidation(validation));
            assertThat(opens(server, TlsParties.CLIENT.context(), "TLSv1.3")).isTrue();
            assertThat(opens(server, bob.context(), "TLSv1.3")).isFalse();
        }
    }

    @Test
    void aCertificateIsRenewedWithoutARestart() {
        AtomicReference<TestCertificate> current = new AtomicReference<>(TlsParties.SERVICE);
        Server server = serve(TlsSettings.DEFAULT.withCertificate(() -> TlsParties.of(current.get())));
        TestCertificate next =
                TlsParties.AUTHORITY.issue(Wish.forServer("127.0.0.1").withKey("RSA"));
        for (TestCertificate expected : List.of(TlsParties.SERVICE, next)) {
            current.set(expected);
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
                    TlsPeer tls = TlsParties.agreed(client, server, version);
                    tls.handshake().sends("0c 07");
                    assertThat(peerOf(tls)).isEqualTo(expected.certificate());
                }
            }
        }
    }

    @Test
    void aCertificateThatCannotBeHadEndsTheHandshakeAndNotTheServer() {
        AtomicReference<Optional<TestCertificate>> current = new AtomicReference<>(Optional.empty());
        Server server = serve(TlsSettings.DEFAULT.withCertificate(
                () -> TlsParties.of(current.get().orElseThrow())));
        assertThat(opens(server, TestCertificate.contextWithoutCertificate(), "TLSv1.3"))
                .isFalse();
        current.set(Optional.of(TlsParties.SERVICE));
        assertThat(opens(server, TestCertificate.contextWithoutCertificate(), "TLSv1.3"))
                .isTrue();
    }

    @Test
    void aContextOfOnesOwnTakesThePlaceOfCertificateAndTrust() {
        Server server = serve(TlsSettings.DEFAULT.withContext(TlsParties.SERVICE::context));
        assertThat(opens(server, TestCertificate.contextWithoutCertificate(), "TLSv1.3"))
                .isTrue();
    }

    @Test
    void onlyTheVersionsOfTheSettingsAreSpoken() {
        Server server = serve(TlsParties.server().withProtocols(Set.of("TLSv1.3")));
        assertThat(opens(server, TestCertificate.contextWithoutCertificate(), "TLSv1.2"))
                .isFalse();
        assertThat(opens(server, TestCertificate.contextWithoutCertificate(), "TLSv1.3"))
                .isTrue();
    }

    @Test
    void aStreamThatIsCutOffBeforeTheEndFaultsTheSessionAlsoBehindAnEnvelope() {
        Recorder sessions = new Recorder();
        Server server =
                serve(AcceptorSettings.DEFAULT, secured(TlsParties.server(), SessionListener.of(any -> sessions)));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            ScriptedPeer secured = TlsParties.agreed(client, server).handshake();
            secured.sends("0c 06 01 aa");
            secured.expects("0b");
            client.endsItsDirection();
            sessions.awaits("opened", "aa", "faulted");
        }
    }

    @Test
    void aStreamThatIsEndedByTlsItselfBehindAnEnvelopeHasEnded() {
        Recorder sessions = new Recorder();
        Server server =
                serve(AcceptorSettings.DEFAULT, secured(TlsParties.server(), SessionListener.of(any -> sessions)));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            TlsPeer tls = TlsParties.agreed(client, server, "TLSv1.3");
            ScriptedPeer secured = tls.handshake();
            secured.sends("0c 06 01 aa");
            secured.expects("0b");
            tls.saysGoodbye();
            sessions.awaits("opened", "aa", "ended", "closed");
        }
    }

    @Test
    void nothingIsNegotiatedAgainWithinASession() throws IOException {
        Recorder sessions = new Recorder();
        Server server =
                serve(AcceptorSettings.DEFAULT, secured(TlsParties.server(), SessionListener.of(any -> sessions)));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            TlsPeer tls = TlsParties.agreed(client, server, "TLSv1.2");
            ScriptedPeer secured = tls.handshake();
            secured.sends("0c");
            secured.expects("0b");
            tls.handshakeAgain();
            assertThat(sessions.awaitsFault())
                    .isInstanceOf(UpgradeException.class)
                    .hasMessageContaining("negotiated");
        }
    }

    @Test
    void keysMayChangeWithinASessionButNotWithoutEnd() {
        Recorder sessions = new Recorder();
        Server server =
                serve(AcceptorSettings.DEFAULT, secured(TlsParties.server(), SessionListener.of(any -> sessions)));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            TlsPeer tls = TlsParties.agreed(client, server, "TLSv1.3");
            ScriptedPeer secured = tls.handshake();
            secured.sends("0c");
            secured.expects("0b");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            tls.handshakeAgain();
                            if (i == 3) {
                                secured.sends("06 01 aa");
                            }
                        }
                    })
                    .isInstanceOf(IOException.class);
            sessions.awaits("opened", "aa", "faulted");
            assertThat(sessions.awaitsFault()).hasMessageContaining("records without data");
        }
    }

    @Test
    void garbageAfterTheHandshakeFaultsTheSession() {
        Recorder sessions = new Recorder();
        Server server =
                serve(AcceptorSettings.DEFAULT, secured(TlsParties.server(), SessionListener.of(any -> sessions)));
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            ScriptedPeer secured = TlsParties.agreed(client, server).handshake();
            secured.sends("0c 06 01 aa");
            secured.expects("0b");
            client.sends("06 01 bb 07 07");
            client.receivesUntilEndOrReset();
            assertThat(sessions.awaitsFault())
                    .isInstanceOf(UpgradeException.class)
                    .hasMessageContaining("no TLS");
        }
    }

    @Test
    void everythingMayComeByteByByte() {
        Server server = serve(TlsParties.server());
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sendsByteByByte(Preambles.upToEncoding(server.via("/calc")), TlsParties.TLS);
            client.expects("0a");
            TlsPeer tls = TlsPeer.client(client, TestCertificate.contextWithoutCertificate(), "TLSv1.3");
            ScriptedPeer secured = tls.handshake();
            tls.holdsOutput();
            secured.sends("0c 06 01 aa 07");
            client.sends(Fragments.byteByByte(tls.heldOutput()));
            secured.expects("0b 06 01 aa 07");
        }
    }

    private Server serve(TlsSettings settings) {
        return serve(AcceptorSettings.DEFAULT, secured(settings, Echo.LISTENER));
    }

    private static Endpoint secured(TlsSettings settings, SessionListener sessions) {
        return calc(sessions).withUpgrade(new TlsUpgrade(settings));
    }

    private static X509Certificate peerOf(TlsPeer tls) {
        try {
            return (X509Certificate) tls.socket().getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a session is acknowledged. */
    private static boolean opens(Server server, SSLContext context, String version) {
        try (ScriptedPeer client = ScriptedPeer.connect(server.address())) {
            client.sends(Preambles.upToEncoding(server.via("/calc")), TlsParties.TLS);
            client.expects("0a");
            ScriptedPeer secured = TlsPeer.client(client, context, version).handshake();
            secured.sends("0c");
            return secured.socket().getInputStream().read() == 0x0b;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither an answer nor an end", e);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
