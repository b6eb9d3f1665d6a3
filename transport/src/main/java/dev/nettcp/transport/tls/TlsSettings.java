package dev.nettcp.transport.tls;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What one side brings to its handshakes. Immutable.
 *
 * @param certificate asked for in every handshake that shows one, so that it may be renewed at any time; null: this side has none
 * @param clientCertificateRequired whether a server demands one; without meaning for clients
 * @param validation whether the peer's certificate is believed
 * @param identity whose certificate a client wants to see; without meaning for servers
 * @param protocols which versions of TLS may be used, by the names of the JDK: {@code TLSv1.2}, {@code TLSv1.3}
 * @param context asked for in every handshake, instead of certificate and validation: what it trusts is trusted, and what it does not is not.
 *     The identity is checked all the same
 */
public record TlsSettings(
        @Nullable Supplier<TlsCertificate> certificate,
        boolean clientCertificateRequired,
        CertificateValidation validation,
        EndpointIdentity identity,
        Set<String> protocols,
        @Nullable Supplier<SSLContext> context) {

    /** TLS 1.2, which is all that .NET's clients speak by default, and 1.3. */
    public static final Set<String> DEFAULT_PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    /** No certificate, chain trust, and whatever the address says. */
    public static final TlsSettings DEFAULT = new TlsSettings(
            null, false, CertificateValidation.chainTrust(), EndpointIdentity.ofAddress(), DEFAULT_PROTOCOLS, null);

    public TlsSettings {
        protocols = Set.copyOf(protocols);
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("protocols: at least one version of TLS is needed, such as TLSv1.3.");
        }
        List<String> known = knownProtocols();
        for (String protocol : protocols) {
            if (!known.contains(protocol)) {
                throw new IllegalArgumentException(
                        "protocols: \"%s\" is none of this JDK's: %s.".formatted(protocol, known));
            }
        }
    }

    private static List<String> knownProtocols() {
        try {
            return List.of(SSLContext.getDefault().getSupportedSSLParameters().getProtocols());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no TLS: " + e.getMessage(), e);
        }
    }

    public TlsSettings withCertificate(Supplier<TlsCertificate> supplier) {
        return new TlsSettings(supplier, clientCertificateRequired, validation, identity, protocols, context);
    }

    public TlsSettings withCertificate(TlsCertificate fixed) {
        return withCertificate(() -> fixed);
    }

    public TlsSettings withClientCertificateRequired(boolean required) {
        return new TlsSettings(certificate, required, validation, identity, protocols, context);
    }

    public TlsSettings withValidation(CertificateValidation newValidation) {
        return new TlsSettings(certificate, clientCertificateRequired, newValidation, identity, protocols, context);
    }

    public TlsSettings withIdentity(EndpointIdentity newIdentity) {
        return new TlsSettings(certificate, clientCertificateRequired, validation, newIdentity, protocols, context);
    }

    public TlsSettings withProtocols(Set<String> newProtocols) {
        return new TlsSettings(certificate, clientCertificateRequired, validation, identity, newProtocols, context);
    }

    public TlsSettings withContext(Supplier<SSLContext> newContext) {
        return new TlsSettings(certificate, clientCertificateRequired, validation, identity, protocols, newContext);
    }
}
