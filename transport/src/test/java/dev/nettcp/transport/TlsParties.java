package dev.nettcp.transport;

import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.ScriptedPeer;
import dev.nettcp.testkit.TestAuthority;
import dev.nettcp.testkit.TestAuthority.Wish;
import dev.nettcp.testkit.TestCertificate;
import dev.nettcp.testkit.TlsPeer;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.RevocationMode;
import dev.nettcp.transport.tls.TlsCertificate;
import dev.nettcp.transport.tls.TlsSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An authority, a service and a client that it vouches for, and what they need to talk over TLS. */
final class TlsParties {

    static final TestAuthority AUTHORITY = TestAuthority.create("Test CA");
    static final TestCertificate SERVICE = AUTHORITY.issue(Wish.forServer("127.0.0.1"));
    static final TestCertificate CLIENT = AUTHORITY.issue(Wish.forClient("alice"));

    static final String TLS = request("application/ssl-tls");

    private TlsParties() {}

    /** Chain trust in the authority of the tests, which publishes no revocation lists. */
    static CertificateValidation trust() {
        return CertificateValidation.chainTrust(List.of(AUTHORITY.root())).withRevocationMode(RevocationMode.NO_CHECK);
    }

    static TlsSettings server() {
        return TlsSettings.DEFAULT.withCertificate(of(SERVICE)).withValidation(trust());
    }

    static TlsSettings client() {
        return TlsSettings.DEFAULT.withValidation(trust());
    }

    static TlsCertificate of(TestCertificate made) {
        return new TlsCertificate(made.key(), made.chain());
    }

    /** The record that asks for an upgrade. */
    static String request(String protocol) {
        byte[] name = protocol.getBytes(StandardCharsets.US_ASCII);
        return "09 %02x".formatted(name.length) + Hex.of(name);
    }

    /** A scripted client of TLS that has asked for the upgrade, and been told that it may. */
    static TlsPeer agreed(ScriptedPeer client, Server server, String... protocols) {
        client.sends(Preambles.upToEncoding(server.via("/calc")), TLS);
        client.expects("0a");
        return TlsPeer.client(client, TestCertificate.contextWithoutCertificate(), protocols);
    }
}
