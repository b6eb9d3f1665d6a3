package dev.nettcp.transport.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Says whether a peer's certificate is believed; WCF's {@code X509CertificateValidator}. Called by several threads, and may block. */
@FunctionalInterface
public interface CertificateValidator {

    /**
     * Returns if the certificate is believed.
     *
     * @param chain what the peer sent: its own certificate first
     * @throws CertificateException why it is not
     */
    void validate(List<X509Certificate> chain) throws CertificateException;
}
