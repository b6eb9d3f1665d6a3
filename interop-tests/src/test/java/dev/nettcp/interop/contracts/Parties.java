package dev.nettcp.interop.contracts;

import dev.nettcp.binding.ClientCredentialType;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.RevocationMode;
import dev.nettcp.transport.tls.TlsCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An authority, a service at localhost and a client, with their certificates for either side. */
public final class Parties {

    private static final String PASSWORD = "test";

    private final TestAuthority authority = TestAuthority.create("nettcp test CA");
    private final TestCertificate service =
            authority.issue(Wish.forServer("localhost").withKey("RSA"));
    private final TestCertificate client =
            authority.issue(Wish.forClient("alice").withKey("RSA"));
    private final CertificateValidation trust =
            CertificateValidation.chainTrust(List.of(authority.root())).withRevocationMode(RevocationMode.NO_CHECK);
    private final Path authorityFile;
    private final Path serviceFile;
    private final Path clientFile;

    /** Writes the files that .NET reads into the directory. */
    public Parties(Path directory) throws IOException {
        authorityFile = Files.writeString(directory.resolve("ca.pem"), TestCertificate.pem(List.of(authority.root())));
        serviceFile = service.writePkcs12(directory.resolve("service.p12"), PASSWORD);
        clientFile = client.writePkcs12(directory.resolve("client.p12"), PASSWORD);
    }

    /** The binding with this security, for either side. */
    public NetTcpBinding.Builder secure(NetTcpBinding.Builder binding, Security security) {
        return security == Security.PLAIN
                ? binding.security(SecurityMode.NONE)
                : binding.security(SecurityMode.TRANSPORT).transportSecurity(tls(security));
    }

    /** Both know each other's certificates. */
    public TransportSecurity tls(Security security) {
        return TransportSecurity.tls(
                        security == Security.MUTUAL_TLS ? ClientCredentialType.CERTIFICATE : ClientCredentialType.NONE)
                .withServiceCertificate(new TlsCertificate(service.key(), service.chain()))
                .withClientCertificate(new TlsCertificate(client.key(), client.chain()))
                .withServiceValidation(trust)
                .withClientValidation(trust);
    }

    TestCertificate service() {
        return service;
    }

    /** A certificate for the service that takes the place of the one it has. */
    TestCertificate renewed() {
        return authority.issue(Wish.forServer("localhost"));
    }

    TestCertificate client() {
        return client;
    }

    /** Arguments of the .NET client. */
    public List<String> ofDotNetClient(Security security) {
        return switch (security) {
            case PLAIN -> List.of();
            case TLS -> List.of("--security", "tls", "--strict", "--ca", authorityFile.toString());
            case MUTUAL_TLS ->
                List.of(
                        "--security",
                        "tls",
                        "--strict",
                        "--ca",
                        authorityFile.toString(),
                        "--cert",
                        clientFile.toString(),
                        "--cert-password",
                        PASSWORD);
        };
    }

    /** Arguments of the .NET server. */
    public List<String> ofDotNetServer(Security security) {
        return switch (security) {
            case PLAIN -> List.of();
            case TLS -> List.of("--security", "tls", "--cert", serviceFile.toString(), "--cert-password", PASSWORD);
            case MUTUAL_TLS ->
                List.of(
                        "--security",
                        "tls",
                        "--cert",
                        serviceFile.toString(),
                        "--cert-password",
                        PASSWORD,
                        "--require-client-cert");
        };
    }
}
