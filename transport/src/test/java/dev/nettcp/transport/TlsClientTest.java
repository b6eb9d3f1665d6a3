package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.framing.FailureKind;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedListener;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.testkit.TlsPeer;
import dev.nettcp.testkit.Waiting;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.EndpointIdentity;
import dev.nettcp.transport.tls.TlsSettings;
import dev.nettcp.transport.tls.TlsUpgrade;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client, and servers that secure their streams with TLS: as they should, or not. */
class TlsClientTest extends TransportFixture {

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ourClientAndOurServerHaveSessionAfterSessionOnOneConnection(String version) {
        TlsSettings server = TlsParties.server().withProtocols(Set.of(version));
        Server there = serve(server);
        for (int i = 0; i < 3; i++) {
            Recorder client = new Recorder();
            Session session = open(request(there, TlsParties.client()), client);
            session.send(bytes(1, 2, 3));
            client.awaits("opened", "010203");
            assertThat(session.remoteSecurity().orElseThrow().certificates()).isEqualTo(TlsParties.SERVICE.chain());
            assertThat(session.remoteSecurity().orElseThrow().mechanism()).startsWith(version);
            session.close().syncUninterruptibly();
            assertThat(there.acceptor.connections()).isEqualTo(1);
        }
        assertThat(pool.idleConnections()).isEqualTo(1);
    }

    @Test
    void plainAndSecuredSessionsFollowEachOtherOnOneConnection() {
        Server there = serve(
                AcceptorSettings.DEFAULT,
                calc(Echo.LISTENER).withUpgrade(new TlsUpgrade(TlsParties.server())),
                endpoint("/plain", Echo.LISTENER));
        for (int i = 0; i < 2; i++) {
            open(request(there, TlsParties.client()), new Recorder()).close().syncUninterruptibly();
            open(SessionRequest.duplex(there.via("/plain")), new Recorder())
                    .close()
                    .syncUninterruptibly();
        }
        assertThat(there.acceptor.connections()).isEqualTo(1);
    }

    @Test
    void aLargeEnvelopeTravelsBothWays() {
        Server there = serve(
                AcceptorSettings.DEFAULT,
                calc(Echo.LISTENER)
                        .withUpgrade(new TlsUpgrade(TlsParties.server()))
                        .withMaxReceivedMessageSize(32 << 20));
        AtomicReference<Integer> received = new AtomicReference<>(0);
        Recorder client = new Recorder() {
            @Override
            public void envelope(Session session, io.netty.buffer.ByteBuf envelope) {
                received.set(envelope.readableBytes());
            }
        };
        Session session = open(request(there, TlsParties.client()).withMaxReceivedMessageSize(32 << 20), client);
        session.send(session.alloc().buffer().writeZero(20_000_000));
        Waiting.until("the envelope is back", () -> received.get() == 20_000_000);
        session.close().syncUninterruptibly();
    }

    @Test
    void bothShowTheirCertificates() {
        Server there = serve(TlsParties.server().withClientCertificateRequired(true));
        TlsSettings client = TlsParties.client().withCertificate(TlsParties.of(TlsParties.CLIENT));
        open(request(there, client), new Recorder()).close().syncUninterruptibly();
    }

    @Test
    void theCertificateOfAClientIsRenewedFromSessionToSession() {
        AtomicReference<TestCertificate> current = new AtomicReference<>(TlsParties.CLIENT);
        List<X509Certificate> seen = new CopyOnWriteArrayList<>();
        SessionListener sessions = SessionListener.of(session -> {
            seen.add(session.remoteSecurity().orElseThrow().certificate().orElseThrow());
            return new Echo();
        });
        Server server = serve(
                AcceptorSettings.DEFAULT,
                calc(sessions).withUpgrade(new TlsUpgrade(TlsParties.server().withClientCertificateRequired(true))));
        TlsSettings client = TlsParties.client().withCertificate(() -> TlsParties.of(current.get()));
        TestCertificate next =
                TlsParties.AUTHORITY.issue(Wish.forClient("alice").withKey("RSA"));
        for (TestCertificate shown : List.of(TlsParties.CLIENT, next)) {
            current.set(shown);
            open(request(server, client), new Recorder()).close().syncUninterruptibly();
        }
        assertThat(seen).containsExactly(TlsParties.CLIENT.certificate(), next.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithoutTheCertificateThatIsDemandedLearnsWhatIsMissing(String version) {
        Server there =
                serve(TlsParties.server().withClientCertificateRequired(true).withProtocols(Set.of(version)));
        TransportException failure = failure(request(there, TlsParties.client()));
        assertThat(failure)
                .isInstanceOf(UpgradeException.class)
                .hasMessageContaining("certificate of this side: set one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWhoseCertificateIsRefusedLearnsIt(String version) {
        Server there =
                serve(TlsParties.server().withClientCertificateRequired(true).withProtocols(Set.of(version)));
        TestCertificate stranger = TestAuthority.create("Stranger").issue(Wish.forClient("mallory"));
        TlsSettings client = TlsParties.client().withCertificate(TlsParties.of(stranger));
        assertThat(failure(request(there, client)))
                .isInstanceOf(UpgradeException.class)
                .hasMessageContaining("it refuses this side's certificate");
    }

    @Test
    void aServiceThatNobodyVouchesForIsRefused() {
        Server there = serve(serving(TestAuthority.selfSigned(Wish.forServer("127.0.0.1"))));
        assertThat(failure(request(there, TlsParties.client())))
                .isInstanceOf(UpgradeException.class)
                .hasMessageContaining("the certificate of CN=127.0.0.1 (thumbprint ")
                .hasMessageContaining("no chain leads from it");
    }

    @Test
    void aServiceWhoseCertificateIsOutOfDateIsRefused() {
        Server there = serve(
                serving(TlsParties.AUTHORITY.issue(Wish.forServer("127.0.0.1").expired())));
        assertThat(failure(request(there, TlsParties.client())))
                .isInstanceOf(UpgradeException.class)
                .hasMessageContaining("NotAfter");
    }

    @Test
    void aServiceOfAnotherNameIsRefusedBeforeThePreambleEnds() {
        Recorder sessions = new Recorder();
        Server there = serve(
                AcceptorSettings.DEFAULT,
                calc(SessionListener.of(any -> sessions))
                        .withUpgrade(new TlsUpgrade(
                                serving(TlsParties.AUTHORITY.issue(Wish.forServer("other.example.org"))))));
        TransportException failure = failure(request(there, TlsParties.client()));
        assertThat(failure)
                .isInstanceOf(UpgradeException.class)
                .hasMessageContaining("is for [other.example.org], not for \"127.0.0.1\"")
                .hasMessageContaining("EndpointIdentity.dns");
        assertThat(failure.kind()).isEqualTo(FailureKind.SECURITY);
        Waiting.until("the connection is gone", () -> there.acceptor.connections() == 0);
        assertThat(sessions.events).isEmpty();
    }

    @Test
    void theIdentityDecidesWhoseCertificateItMustBe() throws CertificateException {
        TestCertificate other = TlsParties.AUTHORITY.issue(Wish.forServer("other.example.org"));
        Server there = serve(serving(other));
        TlsSettings client = TlsParties.client();
        open(request(there, client.withIdentity(EndpointIdentity.dns("OTHER.example.org"))), new Recorder())
                .close()
                .syncUninterruptibly();
        open(request(there, client.withIdentity(EndpointIdentity.certificate(other.certificate()))), new Recorder())
                .close()
                .syncUninterruptibly();
        assertThat(failure(request(there, client.withIdentity(EndpointIdentity.thumbprint("00".repeat(20))))))
                .hasMessageContaining("has the thumbprint");
    }

    @Test
    void aContextOfOnesOwnIsTrustedButTheNameIsCheckedAllTheSame() {
        Server there = serve(serving(TlsParties.AUTHORITY.issue(Wish.forServer("other.example.org"))));
        TlsSettings client = TlsSettings.DEFAULT.withContext(TestCertificate::contextWithoutCertificate);
        assertThat(failure(request(there, client)))
                .isInstanceOf(UpgradeException.class)
                .hasMessageContaining("not for \"127.0.0.1\"");
        open(request(there, client.withIdentity(EndpointIdentity.dns("other.example.org"))), new Recorder())
                .close()
                .syncUninterruptibly();
    }

    @Test
    void whatIsTrustedMayBeDecidedByOnesOwnCode() {
        Server there = serve(TlsParties.server());
        TlsSettings client = TlsSettings.DEFAULT.withValidation(CertificateValidation.custom(chain -> {
            throw new CertificateException("not on a " + chain.size() + "st");
        }));
        assertThat(failure(request(there, client))).hasMessageContaining("not on a 1st");
    }

    @Test
    void theSettingsMayHaveNoVersionInCommon() {
        Server there = serve(TlsParties.server().withProtocols(Set.of("TLSv1.2")));
        assertThat(failure(request(there, TlsParties.client().withProtocols(Set.of("TLSv1.3")))))
                .isInstanceOf(UpgradeException.class)
                .hasMessageContaining("protocol");
    }

    @Test
    void theHelloHasNoServerName() {
        try (ScriptedListener server = ScriptedListener.open()) {
            CompletableFuture<Session> opening = connector.open(
                    SessionRequest.duplex(ViaUri.parse("net.tcp://localhost:" + server.port() + "/calc"))
                            .withUpgrade(new TlsUpgrade(TlsParties.client())),
                    new Recorder());
            ScriptedPeer peer = server.accept();
            peer.expects(
                    Preambles.upToEncoding(ViaUri.parse("net.tcp://localhost:" + server.port() + "/calc")),
                    TlsParties.TLS);
            peer.sends("0a");
            byte[] header = peer.receives(5);
            byte[] hello = peer.receives(((header[3] & 0xff) << 8) | (header[4] & 0xff));
            assertThat(new String(hello, StandardCharsets.ISO_8859_1)).doesNotContain("localhost");
            peer.resets();
            assertThatThrownBy(opening::join).hasCauseInstanceOf(TransportException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0b", "00", "16 03 03 00 01"})
    void aServerThatDoesNotAgreeToTheUpgradeIsNotTalkedTo(String answer) {
        answered(answer, (peer, failure) -> {
            assertThat(failure).isInstanceOf(UpgradeException.class);
            assertThat(peer.receivesUntilEndOrReset()).isEmpty();
        });
    }

    @Test
    void aServerThatAgreesAndGoesOnInPlainIsNotTalkedTo() {
        answered("0a 0b", (peer, failure) -> {
            assertThat(failure).isInstanceOf(UpgradeException.class).hasMessageContaining("what came is no TLS");
            assertThat(Hex.of(peer.receivesUntilEndOrReset())).doesNotStartWith("0c"); // its hello, if anything
        });
    }

    @Test
    void aServerThatEndsTheStreamInPlaceOfAnAnswerHasRefused() {
        try (ScriptedListener server = ScriptedListener.open()) {
            CompletableFuture<Session> opening = connector.open(scripted(server), new Recorder());
            ScriptedPeer peer = server.accept();
            peer.expects(Preambles.upToEncoding(scripted(server).via()), TlsParties.TLS);
            peer.endsItsDirection();
            assertThat(failureOf(opening)).isInstanceOf(UpgradeException.class);
        }
    }

    @Test
    void aServerThatFallsSilentInTheHandshakeIsGivenUpAfterTheOpenTimeout() {
        try (ScriptedListener server = ScriptedListener.open()) {
            CompletableFuture<Session> opening = connector.open(
                    scripted(server).withTimeouts(SessionTimeouts.DEFAULT.withOpen(Duration.ofSeconds(2))),
                    new Recorder());
            ScriptedPeer peer = server.accept();
            peer.sends("0a");
            assertThat(failureOf(opening))
                    .isInstanceOf(TransportTimeoutException.class)
                    .hasMessageContaining("openTimeout");
            peer.receivesUntilEndOrReset();
        }
    }

    @Test
    void aServerThatEndsTheConnectionInPlaceOfTheAcknowledgementMayNotLikeTheCertificate() {
        try (ScriptedListener server = ScriptedListener.open()) {
            CompletableFuture<Session> opening = connector.open(scripted(server), new Recorder());
            ScriptedPeer peer = server.accept();
            peer.expects(Preambles.upToEncoding(scripted(server).via()), TlsParties.TLS);
            peer.sends("0a");
            ScriptedPeer secured =
                    TlsPeer.server(peer, TlsParties.SERVICE.context()).handshake();
            secured.expects("0c");
            peer.resets();
            assertThat(failureOf(opening)).hasMessageContaining("does not accept the client's certificate");
        }
    }

    @Test
    void aStreamThatIsCutOffBeforeTheEndFaultsTheSessionAlsoBehindAnEnvelope() {
        try (ScriptedListener server = ScriptedListener.open()) {
            Recorder client = new Recorder();
            CompletableFuture<Session> opening = connector.open(scripted(server), client);
            ScriptedPeer peer = server.accept();
            peer.expects(Preambles.upToEncoding(scripted(server).via()), TlsParties.TLS);
            peer.sends("0a");
            ScriptedPeer secured =
                    TlsPeer.server(peer, TlsParties.SERVICE.context()).handshake();
            secured.expects("0c");
            secured.sends("0b 06 01 aa");
            Waiting.result("the session is open", opening);
            peer.endsItsDirection();
            client.awaits("opened", "aa", "faulted");
        }
    }

    @Test
    void theEndOfASessionIsNotFollowedByAWordOfTls() {
        try (ScriptedListener server = ScriptedListener.open()) {
            for (int i = 0; i < 2; i++) {
                CompletableFuture<Session> opening = connector.open(scripted(server), new Recorder());
                ScriptedPeer peer = i == 0 ? server.accept() : first.get();
                first.set(peer);
                peer.expects(
                        Preambles.upToEncoding(scripted(server).via()),
                        TlsParties.TLS); // in plain, and nothing before it
                peer.sends("0a");
                ScriptedPeer secured =
                        TlsPeer.server(peer, TlsParties.SERVICE.context()).handshake();
                secured.expects("0c");
                secured.sends("0b");
                Session session = Waiting.result("the session is open", opening);
                session.close();
                secured.expects("07");
                secured.sends("07");
                Waiting.until("the connection is in the pool", () -> pool.idleConnections() == 1);
            }
        }
    }

    private final AtomicReference<ScriptedPeer> first = new AtomicReference<>();

    private interface Ending {
        void check(ScriptedPeer peer, TransportException failure);
    }

    /** A server that answers the request for the upgrade so. */
    private void answered(String answer, Ending ending) {
        try (ScriptedListener server = ScriptedListener.open()) {
            CompletableFuture<Session> opening = connector.open(scripted(server), new Recorder());
            ScriptedPeer peer = server.accept();
            peer.expects(Preambles.upToEncoding(scripted(server).via()), TlsParties.TLS);
            peer.sends(answer);
            ending.check(peer, failureOf(opening));
        }
    }

    private static SessionRequest scripted(ScriptedListener server) {
        return SessionRequest.duplex(ViaUri.parse("net.tcp://127.0.0.1:" + server.port() + "/calc"))
                .withUpgrade(new TlsUpgrade(TlsParties.client()));
    }

    private static SessionRequest request(Server server, TlsSettings client) {
        return SessionRequest.duplex(server.via("/calc")).withUpgrade(new TlsUpgrade(client));
    }

    private static TlsSettings serving(TestCertificate certificate) {
        return TlsSettings.DEFAULT.withCertificate(TlsParties.of(certificate));
    }

    private Server serve(TlsSettings settings) {
        return serve(AcceptorSettings.DEFAULT, calc(Echo.LISTENER).withUpgrade(new TlsUpgrade(settings)));
    }

    private TransportException failure(SessionRequest request) {
        return failureOf(connector.open(request, new Recorder()));
    }

    private static TransportException failureOf(CompletableFuture<Session> opening) {
        try {
            Session session = opening.orTimeout(Waiting.LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                    .join();
            throw new AssertionError("the session is open: " + session);
        } catch (CompletionException e) {
            return (TransportException) e.getCause();
        }
    }
}
