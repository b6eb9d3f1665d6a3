package dev.nettcp.transport.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one side decides whether it believes the other's certificate: WCF's {@code X509CertificateValidationMode}, with the trusted certificates
 * that Windows keeps in stores given here. Immutable. The name in the certificate is another matter, {@link EndpointIdentity}.
 */
public final class CertificateValidation {

    private final @Nullable ChainTrust chain;
    private final @Nullable Set<X509Certificate> peers;
    private final @Nullable CertificateValidator custom;

    private CertificateValidation(
            @Nullable ChainTrust chain, @Nullable Set<X509Certificate> peers, @Nullable CertificateValidator custom) {
        this.chain = chain;
        this.peers = peers;
        this.custom = custom;
    }

    /** WCF's default, {@code ChainTrust}: a chain leads to a root that the JDK trusts, and nothing in it is revoked. */
    public static CertificateValidation chainTrust() {
        return new CertificateValidation(ChainTrust.ofJdk(), null, null);
    }

    /** {@code ChainTrust} with roots of one's own, which are the only ones. */
    public static CertificateValidation chainTrust(Collection<X509Certificate> roots) {
        return new CertificateValidation(ChainTrust.of(roots), null, null);
    }

    /**
     * {@code ChainTrust} with the roots in a PEM file, which are the only ones.
     *
     * @throws IOException if the file cannot be read or holds no certificate
     */
    public static CertificateValidation chainTrust(Path pem) throws IOException {
        return chainTrust(PemFile.certificates(pem));
    }

    /** {@code PeerTrust}: it is one of these certificates, and in its time. */
    public static CertificateValidation peerTrust(Collection<X509Certificate> peers) {
        return new CertificateValidation(null, Set.copyOf(peers), null);
    }

    /** {@code PeerOrChainTrust}: one of these certificates, or one that a chain to these roots vouches for. */
    public static CertificateValidation peerOrChainTrust(
            Collection<X509Certificate> peers, Collection<X509Certificate> roots) {
        return new CertificateValidation(ChainTrust.of(roots), Set.copyOf(peers), null);
    }

    /** {@code None}: every certificate is believed. The stream is secret then, but from whom is not known. */
    public static CertificateValidation none() {
        return new CertificateValidation(null, null, null);
    }

    /** {@code Custom}: somebody else decides. */
    public static CertificateValidation custom(CertificateValidator validator) {
        return new CertificateValidation(null, null, validator);
    }

    /**
     * Whether chain trust asks for revocation; by default {@link RevocationMode#ONLINE}, as in WCF.
     *
     * @throws IllegalStateException if there is no chain trust here
     */
    public CertificateValidation withRevocationMode(RevocationMode mode) {
        return new CertificateValidation(required("revocationMode").withRevocationMode(mode), peers, custom);
    }

    /**
     * Revocation lists to be looked into, asked for at each check.
     *
     * @throws IllegalStateException if there is no chain trust here
     */
    public CertificateValidation withRevocationLists(Supplier<? extends Collection<X509CRL>> lists) {
        return new CertificateValidation(required("revocationLists").withLists(lists), peers, custom);
    }

    private ChainTrust required(String setting) {
        if (chain == null) {
            throw new IllegalStateException(setting + " has a meaning for chain trust only.");
        }
        return chain;
    }

    /**
     * Returns if the certificate is believed. May block.
     *
     * @param certificates what the peer sent: its own certificate first
     * @param service whether it is that of a service, which must be meant for servers if it says what it is meant for
     */
    void check(List<X509Certificate> certificates, boolean service) throws CertificateException {
        X509Certificate own = certificates.get(0);
        if (custom != null) {
            custom.validate(certificates);
        } else if (peers != null && peers.contains(own)) {
            own.checkValidity();
        } else if (chain != null) {
            chain.check(certificates, service);
        } else if (peers != null) {
            throw new CertificateException(
                    "it is none of the %d certificates that are trusted".formatted(peers.size()));
        }
    }
}
