package dev.nettcp.transport;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * How the stream of a session is secured, and who the peer has proven to be.
 *
 * @param upgrade the name of the upgrade on the wire, such as {@code application/ssl-tls}
 * @param mechanism what the handshake agreed upon, for people: {@code TLSv1.3 TLS_AES_256_GCM_SHA384}
 * @param certificates the peer's certificate and those it sent with it, its own first; empty if it has shown none
 */
public record RemoteSecurity(String upgrade, String mechanism, List<X509Certificate> certificates) {

    public RemoteSecurity {
        certificates = List.copyOf(certificates);
    }

    /** The peer's own certificate, which has been found to be trusted; empty if it has shown none. */
    public Optional<X509Certificate> certificate() {
        return certificates.stream().findFirst();
    }
}
