package dev.nettcp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.ClientCredentialType;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpException;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.examples.CalculatorClient;
import dev.nettcp.interop.peers.Counterpart;
import dev.nettcp.interop.peers.DotNetClient;
import dev.nettcp.interop.peers.DotNetServer;
import dev.nettcp.interop.peers.ScenarioRun;
import dev.nettcp.interop.services.SharedPort;
import dev.nettcp.interop.services.Worker;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.RevocationMode;
import dev.nettcp.transport.tls.TlsCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions over TLS with .NET at the other end: with the certificate of the service alone and with both, on an own port and a shared one. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("nettcp test CA");
    private static final TestCertificate SERVICE =
            AUTHORITY.issue(Wish.forServer("localhost").withKey("RSA"));
    private static final TestCertificate CLIENT =
            AUTHORITY.issue(Wish.forClient("alice").withKey("RSA"));
    private static final CertificateValidation TRUST =
            CertificateValidation.chainTrust(List.of(AUTHORITY.root())).withRevocationMode(RevocationMode.NO_CHECK);

    private static final List<String> CALCULATOR = List.of(
            "calculator-add",
            "calculator-subtract",
            "calculator-multiply",
            "calculator-divide",
            "calculator-divide-by-zero",
            "calculator-all");

    private final List<NetTcpServer> servers = new ArrayList<>();
    private SharedPort shared;

    private Path authorityFile;
    private Path clientFile;
    private Path serviceFile;

    @BeforeAll
    void open(@TempDir Path dir) throws IOException {
        authorityFile = Files.writeString(dir.resolve("ca.pem"), TestCertificate.pem(List.of(AUTHORITY.root())));
        clientFile = CLIENT.writePkcs12(dir.resolve("client.p12"), "test");
        serviceFile = SERVICE.writePkcs12(dir.resolve("service.p12"), "test");
        shared = SharedPort.open();
    }

    @AfterAll
    void close() {
        servers.forEach(NetTcpServer::close);
        shared.close();
    }

    @TestFactory
    Stream<DynamicTest> aDotNetClientCalculatesOverTls() {
        return Stream.of(false, true)
                .flatMap(onShared -> ScenarioRun.tests(
                        "TLS, " + port(onShared),
                        CALCULATOR,
                        () -> DotNetClient.run(
                                "calculator",
                                serve("calculator", ClientCredentialType.NONE, onShared),
                                CALCULATOR,
                                arguments())));
    }

    @TestFactory
    Stream<DynamicTest> aDotNetClientCalculatesOverTlsWithBothCertificates() {
        return Stream.of(false, true)
                .flatMap(onShared -> ScenarioRun.tests(
                        "TLS with both certificates, " + port(onShared),
                        CALCULATOR,
                        () -> DotNetClient.run(
                                "calculator",
                                serve("calculator", ClientCredentialType.CERTIFICATE, onShared),
                                CALCULATOR,
                                arguments("--cert", clientFile.toString(), "--cert-password", "test"))));
    }

    @TestFactory
    Stream<DynamicTest> rawMessagesTravelOverTls() {
        List<String> raw =
                List.of("raw-echo-1-mib", "raw-one-way", "raw-interleaved-1000", "raw-pushed-1000", "raw-half-close");
        return ScenarioRun.tests(
                "TLS, own port",
                raw,
                () -> DotNetClient.run("raw", serve("raw", ClientCredentialType.NONE, false), raw, arguments()));
    }

    @TestFactory
    Stream<DynamicTest> streamsTravelOverTls() {
        List<String> streaming = List.of(
                "streamed-string",
                "streamed-two-calls",
                "streamed-echo-20000",
                "streamed-upload-1048576",
                "streamed-download-1048576");
        return Stream.of(false, true)
                .flatMap(onShared -> ScenarioRun.tests(
                        "TLS, " + port(onShared),
                        streaming,
                        () -> DotNetClient.run(
                                "streaming",
                                serve("streaming", ClientCredentialType.NONE, onShared),
                                streaming,
                                arguments())));
    }

    @TestFactory
    Stream<DynamicTest> oneConnectionServesSessionAfterSessionWithHandshakesOfTheirOwn() {
        List<String> pooling = List.of("pool-a-then-b-then-a", "pool-alternate-100", "pool-empty-sessions");
        return ScenarioRun.tests(
                "TLS, shared port",
                pooling,
                () -> DotNetClient.run(
                        "pooling",
                        serve("calculator", ClientCredentialType.NONE, true),
                        pooling,
                        arguments(
                                "--other",
                                serve("calculator", ClientCredentialType.NONE, true),
                                "--max-connects",
                                "1")));
    }

    @TestFactory
    Stream<DynamicTest> case143_whatMustBeRefusedIsRefusedInTheClientsWords() {
        List<String> refusals = List.of(
                "tls-client-to-plain-endpoint",
                "unknown-path-over-tls",
                "plain-client-to-tls-endpoint",
                "windows-client-to-tls-endpoint",
                "untrusted-certificate",
                "certificate-for-another-name",
                "no-client-certificate");
        return Stream.of(false, true)
                .flatMap(onShared -> ScenarioRun.tests("TLS, " + port(onShared), refusals, () -> {
                    String plain = serve(
                            "types", onShared, Worker.binding("types", onShared).build());
                    String tls = serve("types", ClientCredentialType.NONE, onShared);
                    String mutual = serve("types", ClientCredentialType.CERTIFICATE, onShared);
                    return DotNetClient.run("refusals", plain, refusals, "--tls", tls, "--mutual", mutual);
                }));
    }

    @Test
    void ourClientCalculatesOverTlsWithADotNetServer() throws Exception {
        try (DotNetServer server =
                DotNetServer.start("--security", "tls", "--cert", serviceFile.toString(), "--cert-password", "test")) {
            calculates(server, ClientCredentialType.NONE);
            Counterpart.DOTNET_SERVER.ran("calculator over TLS (our client)");
        }
    }

    @Test
    void ourClientCalculatesOverTlsWithADotNetServerThatWantsItsCertificate() throws Exception {
        try (DotNetServer server = DotNetServer.start(
                "--security",
                "tls",
                "--cert",
                serviceFile.toString(),
                "--cert-password",
                "test",
                "--require-client-cert")) {
            calculates(server, ClientCredentialType.CERTIFICATE);
            try (CalculatorClient client = new CalculatorClient(
                    server.address() + "/calculator",
                    secured(Worker.binding("calculator", false), ClientCredentialType.NONE))) {
                assertThatThrownBy(() -> client.add(1, 2)).isInstanceOf(NetTcpException.class);
            }
            Counterpart.DOTNET_SERVER.ran("calculator over TLS with both certificates (our client)");
        }
    }

    private static void calculates(DotNetServer server, ClientCredentialType type) throws Exception {
        for (int session = 0; session < 3; session++) {
            try (CalculatorClient client = new CalculatorClient(
                    server.address() + "/calculator", secured(Worker.binding("calculator", false), type))) {
                assertThat(client.add(100, 15.99)).isEqualTo(115.99);
            }
        }
    }

    private String[] arguments(String... more) {
        return Stream.concat(
                        Stream.of("--security", "tls", "--strict", "--ca", authorityFile.toString()), Stream.of(more))
                .toArray(String[]::new);
    }

    /** @return its address */
    private synchronized String serve(String service, ClientCredentialType type, boolean onShared) {
        return serve(service, onShared, secured(Worker.binding(service, onShared), type));
    }

    private synchronized String serve(String service, boolean onShared, NetTcpBinding binding) {
        String path = "/" + service + "/" + servers.size();
        String address = onShared ? shared.address(path) : "net.tcp://localhost:0" + path;
        try {
            NetTcpServer server = NetTcpServer.builder(binding)
                    .controlSocket(shared.controlSocket())
                    .endpoint(address, Worker.handler(service))
                    .open();
            servers.add(server);
            return server.address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NetTcpBinding secured(NetTcpBinding.Builder binding, ClientCredentialType type) {
        TransportSecurity security = TransportSecurity.tls(type)
                .withServiceCertificate(new TlsCertificate(SERVICE.key(), SERVICE.chain()))
                .withClientCertificate(new TlsCertificate(CLIENT.key(), CLIENT.chain()))
                .withServiceValidation(TRUST)
                .withClientValidation(TRUST);
        return binding.security(SecurityMode.TRANSPORT)
                .transportSecurity(security)
                .build();
    }

    private static String port(boolean onShared) {
        return onShared ? "shared port" : "own port";
    }
}
