package dev.nettcp.transport.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides in one handshake whether the other side's certificate is good, and remembers why not. Called away from the event loop. */
final class PeerCheck extends X509ExtendedTrustManager {

    /** What there is to be checked. */
    @FunctionalInterface
    interface Rule {
        void check(List<X509Certificate> chain) throws CertificateException;
    }

    private final Rule rule;
    private volatile @Nullable String refusal;

    PeerCheck(Rule rule) {
        this.rule = rule;
    }

    /** Why the certificate was refused, which names it; null if it was not. */
    @Nullable
    String refusal() {
        return refusal;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        List<X509Certificate> certificates = List.of(chain);
        try {
            rule.check(certificates);
        } catch (CertificateException | RuntimeException e) {
            X509Certificate own = certificates.get(0);
            refusal = "the certificate of %s (thumbprint %s) is refused: %s"
                    .formatted(
                            own.getSubjectX500Principal(),
                            EndpointIdentity.Thumbprint.of(own, "SHA-1"),
                            e.getMessage() == null ? e : e.getMessage());
            throw e;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    /** None: a list of accepted issuers would be a hint only, which .NET clients do not take. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
