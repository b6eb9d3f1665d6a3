package dev.nettcp.transport.tls;

import dev.nettcp.framing.via.ViaUri;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Whom a client means to talk to, compared with the certificate that the service shows; WCF's {@code EndpointIdentity} and its default
 * {@code IdentityVerifier}.
 */
public sealed interface EndpointIdentity {

    /** The host of the address (the via) is the name that the certificate must have. WCF's default. */
    static EndpointIdentity ofAddress() {
        return new OfAddress();
    }

    /** The certificate must have this DNS name, whatever the address says; WCF's {@code DnsEndpointIdentity}. */
    static EndpointIdentity dns(String name) {
        return new Dns(name);
    }

    /**
     * It must be this certificate, whatever its name.
     *
     * @param hex its SHA-1 thumbprint, as Windows shows it, or its SHA-256 one; spaces and colons are left out of account
     */
    static EndpointIdentity thumbprint(String hex) {
        return new Thumbprint(hex);
    }

    /** It must be this certificate; WCF's {@code X509CertificateEndpointIdentity}. */
    static EndpointIdentity certificate(X509Certificate certificate) {
        return new Exactly(certificate);
    }

    /** Whoever is trusted may answer. Anybody with a trusted certificate, of whatever name, can pose as the service then. */
    static EndpointIdentity anyone() {
        return new Anyone();
    }

    /**
     * Returns if the certificate is that of whom the client means.
     *
     * @param via the address of the session
     * @throws CertificateException with both names and what to do, if it is not
     */
    void check(X509Certificate certificate, ViaUri via) throws CertificateException;

    /** The host of the via. */
    record OfAddress() implements EndpointIdentity {
        @Override
        public void check(X509Certificate certificate, ViaUri via) throws CertificateException {
            Dns.compare(
                    certificate,
                    via.host(),
                    "the host of the address; use an address with a name that the certificate has, or say which name is expected (EndpointIdentity.dns)");
        }
    }

    /**
     * A DNS name.
     *
     * @param name compared without regard to case; no wildcards, as in WCF
     */
    record Dns(String name) implements EndpointIdentity {
        @Override
        public void check(X509Certificate certificate, ViaUri via) throws CertificateException {
            compare(certificate, name, "the expected DNS identity");
        }

        private static void compare(X509Certificate certificate, String expected, String what)
                throws CertificateException {
            List<String> names = DnsNames.of(certificate);
            if (names.stream().noneMatch(expected::equalsIgnoreCase)) {
                throw new CertificateException("the certificate is for %s, not for \"%s\", %s"
                        .formatted(names.isEmpty() ? "no DNS name" : names, expected, what));
            }
        }
    }

    /**
     * A thumbprint.
     *
     * @param hex digits only, upper case
     */
    record Thumbprint(String hex) implements EndpointIdentity {
        private static final int SHA1_DIGITS = 40;
        private static final int SHA256_DIGITS = 64;

        public Thumbprint {
            hex = hex.replaceAll("[\\s:\\u200e]", "").toUpperCase(Locale.ROOT);
            if (!hex.matches("[0-9A-F]+") || (hex.length() != SHA1_DIGITS && hex.length() != SHA256_DIGITS)) {
                throw new IllegalArgumentException(
                        "\"%s\" is no thumbprint: 40 hexadecimal digits (SHA-1) or 64 (SHA-256) are.".formatted(hex));
            }
        }

        @Override
        public void check(X509Certificate certificate, ViaUri via) throws CertificateException {
            String seen = of(certificate, hex.length() == SHA1_DIGITS ? "SHA-1" : "SHA-256");
            if (!seen.equals(hex)) {
                throw new CertificateException(
                        "the certificate has the thumbprint %s, %s is expected".formatted(seen, hex));
            }
        }

        static String of(X509Certificate certificate, String digest) throws CertificateException {
            try {
                return HexFormat.of()
                        .withUpperCase()
                        .formatHex(MessageDigest.getInstance(digest).digest(certificate.getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }
    }

    /**
     * One certificate.
     *
     * @param expected compared byte for byte
     */
    record Exactly(X509Certificate expected) implements EndpointIdentity {
        @Override
        public void check(X509Certificate certificate, ViaUri via) throws CertificateException {
            if (!expected.equals(certificate)) {
                throw new CertificateException(
                        "the certificate is that of %s with the thumbprint %s, another is expected"
                                .formatted(certificate.getSubjectX500Principal(), Thumbprint.of(certificate, "SHA-1")));
            }
        }
    }

    /** No check. */
    record Anyone() implements EndpointIdentity {
        @Override
        public void check(X509Certificate certificate, ViaUri via) {
            // whoever is trusted
        }
    }
}
