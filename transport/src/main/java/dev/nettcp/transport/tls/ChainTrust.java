package dev.nettcp.transport.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whether a chain leads from a certificate to a root that is trusted, RFC 5280 6, and whether anything in it has been revoked.
 *
 * @param roots each is trusted for itself, too
 */
record ChainTrust(
        Set<X509Certificate> roots, RevocationMode revocationMode, Supplier<? extends Collection<X509CRL>> lists) {

    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";

    static ChainTrust of(Collection<X509Certificate> roots) {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("Chain trust needs at least one root.");
        }
        return new ChainTrust(Set.copyOf(roots), RevocationMode.ONLINE, List::of);
    }

    /** The roots that the JDK trusts. */
    static ChainTrust ofJdk() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return of(Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .collect(Collectors.toSet()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK's trusted roots cannot be read: " + e.getMessage(), e);
        }
    }

    ChainTrust withRevocationMode(RevocationMode mode) {
        return new ChainTrust(roots, mode, lists);
    }

    ChainTrust withLists(Supplier<? extends Collection<X509CRL>> newLists) {
        return new ChainTrust(roots, revocationMode, newLists);
    }

    /** @param certificates the one in question first */
    void check(List<X509Certificate> certificates, boolean service) throws CertificateException {
        X509Certificate own = certificates.get(0);
        own.checkValidity();
        if (roots.contains(own)) {
            return;
        }
        try {
            CertPath path = path(certificates, service);
            if (revocationMode != RevocationMode.NO_CHECK) {
                checkRevocation(path);
            }
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    private CertPath path(List<X509Certificate> certificates, boolean service) throws GeneralSecurityException {
        X509CertSelector own = new X509CertSelector();
        own.setCertificate(certificates.get(0));
        try {
            if (service) {
                own.setExtendedKeyUsage(Set.of(FOR_SERVERS));
            }
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors(), own);
            parameters.setRevocationEnabled(false);
            parameters.addCertStore(store(certificates));
            return CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath();
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateException(
                    "no chain leads from it (issued by %s) to one of the %d roots that are trusted: %s"
                            .formatted(
                                    certificates.get(0).getIssuerX500Principal(),
                                    roots.size(),
                                    rootOf(e).getMessage()),
                    e);
        }
    }

    private void checkRevocation(CertPath path) throws GeneralSecurityException {
        List<X509CRL> known = new ArrayList<>(lists.get());
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        if (revocationMode == RevocationMode.ONLINE) {
            path.getCertificates().forEach(one -> known.addAll(RevocationLists.named((X509Certificate) one)));
        } else {
            checker.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        }
        PKIXParameters parameters = new PKIXParameters(anchors());
        parameters.addCertStore(store(known));
        parameters.addCertPathChecker(checker);
        try {
            validator.validate(path, parameters);
        } catch (CertPathValidatorException e) {
            throw new CertificateException(
                    e.getReason() == CertPathValidatorException.BasicReason.REVOKED
                            ? "it, or one of its issuers, has been revoked: " + e.getMessage()
                            : "nothing could be learned of its revocation (%s). If its issuer publishes no revocation list, say so: revocationMode NO_CHECK"
                                    .formatted(e.getMessage()),
                    e);
        }
    }

    private Set<TrustAnchor> anchors() {
        return roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
    }

    private static CertStore store(Collection<?> certificatesOrLists) throws GeneralSecurityException {
        return CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificatesOrLists));
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
