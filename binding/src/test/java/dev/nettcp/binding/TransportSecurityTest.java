package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.transport.UpgradeException;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.EndpointIdentity;
import dev.nettcp.transport.tls.RevocationMode;
import dev.nettcp.transport.tls.TlsCertificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bindings with TLS: what is refused when it is set, and messages through secured sessions. */
class TransportSecurityTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Test CA");
    private static final TestCertificate SERVICE = AUTHORITY.issue(Wish.forServer("localhost"));
    private static final TestCertificate CLIENT = AUTHORITY.issue(Wish.forClient("alice"));
    private static final CertificateValidation TRUST =
            CertificateValidation.chainTrust(List.of(AUTHORITY.root())).withRevocationMode(RevocationMode.NO_CHECK);

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @EnumSource(TransferMode.class)
    void messagesTravelOverTls(TransferMode mode) throws Exception {
        TransportSecurity security = TransportSecurity.tls(ClientCredentialType.NONE)
                .withServiceCertificate(of(SERVICE))
                .withServiceValidation(TRUST);
        NetTcpBinding binding = binding(security, mode);
        NetTcpServer server = loopback.serve(binding, s -> s.endpoint("net.tcp://localhost:0/service", Loopback::echo));
        NetTcpClient client = loopback.connect(NetTcpClient.builder(server.address(), binding));
        Loopback.assertEchoes(client, "secret");
        Loopback.assertEchoes(client, "and again");
    }

    @Test
    void theHandlerLearnsWhoTheClientIs() throws Exception {
        TransportSecurity security = TransportSecurity.tls(ClientCredentialType.CERTIFICATE)
                .withServiceCertificate(of(SERVICE))
                .withClientCertificate(of(CLIENT))
                .withServiceValidation(TRUST)
                .withClientValidation(TRUST);
        NetTcpBinding binding = binding(security, TransferMode.BUFFERED);
        AtomicReference<X509Certificate> seen = new AtomicReference<>();
        NetTcpServer server = loopback.serve(
                binding,
                s -> s.endpoint("net.tcp://localhost:0/service", (request, session) -> {
                    seen.set(
                            session.remoteSecurity().orElseThrow().certificate().orElseThrow());
                    return Loopback.echo(request, session);
                }));
        Loopback.assertEchoes(loopback.connect(NetTcpClient.builder(server.address(), binding)), "hello");
        assertThat(seen.get()).isEqualTo(CLIENT.certificate());
    }

    @Test
    void aServiceOfAnotherNameIsAnExceptionThatSaysSo() throws Exception {
        TransportSecurity security = TransportSecurity.tls(ClientCredentialType.NONE)
                .withServiceCertificate(of(SERVICE))
                .withServiceValidation(TRUST);
        NetTcpServer server = loopback.serve(
                binding(security, TransferMode.BUFFERED),
                s -> s.endpoint("net.tcp://localhost:0/service", Loopback::echo));
        NetTcpBinding picky =
                binding(security.withServiceIdentity(EndpointIdentity.dns("other.example")), TransferMode.BUFFERED);
        NetTcpClient client = loopback.connect(NetTcpClient.builder(server.address(), picky));
        assertThatThrownBy(() -> client.request(Loopback.message("urn:echo", "x")))
                .isInstanceOfSatisfying(
                        NetTcpException.class, e -> assertThat(e.layer()).isEqualTo(NetTcpException.Layer.UPGRADE))
                .hasMessageContaining("not for \"other.example\"")
                .hasRootCauseInstanceOf(CertificateException.class)
                .satisfies(e -> assertThat(e).hasCauseInstanceOf(UpgradeException.class));
    }

    @Test
    void whatIsNotThereIsRefusedByItsName() {
        assertThatThrownBy(() -> TransportSecurity.tls(ClientCredentialType.WINDOWS))
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("clientCredentialType: WINDOWS");
        for (SecurityMode mode : List.of(SecurityMode.MESSAGE, SecurityMode.TRANSPORT_WITH_MESSAGE_CREDENTIAL)) {
            assertThatThrownBy(() -> NetTcpBinding.builder().security(mode))
                    .isInstanceOf(InvalidBindingException.class)
                    .hasMessageContaining("security: " + mode);
        }
        assertThatThrownBy(() ->
                        NetTcpBinding.builder().security(SecurityMode.TRANSPORT).build())
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("clientCredentialType: WINDOWS");
        assertThatThrownBy(
                        () -> TransportSecurity.tls(ClientCredentialType.NONE).withSslProtocols(Set.of("SSLv9")))
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("sslProtocols");
        assertThatThrownBy(() -> NetTcpBinding.builder()
                        .security(SecurityMode.NONE)
                        .transportSecurity(TransportSecurity.tls(ClientCredentialType.NONE))
                        .build())
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("transportSecurity")
                .hasMessageContaining("security=NONE");
    }

    @Test
    void aSideWithoutTheCertificateThatItNeedsIsNotOpened() {
        NetTcpBinding none = binding(TransportSecurity.tls(ClientCredentialType.NONE), TransferMode.BUFFERED);
        assertThatThrownBy(() -> loopback.serve(none, s -> s.endpoint("net.tcp://localhost:0/service", Loopback::echo)))
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("serviceCertificate: missing");
        NetTcpBinding both = binding(TransportSecurity.tls(ClientCredentialType.CERTIFICATE), TransferMode.BUFFERED);
        assertThatThrownBy(() -> NetTcpClient.to("net.tcp://localhost:1/x", both))
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("clientCertificate: missing");
    }

    private static NetTcpBinding binding(TransportSecurity security, TransferMode mode) {
        return NetTcpBinding.builder()
                .security(SecurityMode.TRANSPORT)
                .transportSecurity(security)
                .transferMode(mode)
                .build();
    }

    private static TlsCertificate of(TestCertificate made) {
        return new TlsCertificate(made.key(), made.chain());
    }
}
