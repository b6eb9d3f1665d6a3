package dev.nettcp.transport.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that this side shows in one handshake. It is asked for when it is needed, away from the event loop, and once: its key and
 * chain stay together also while it is being replaced. It is shown whatever issuers the other side says it accepts, as in .NET.
 */
final class OwnCertificate extends X509ExtendedKeyManager {

    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);

    private static final String ALIAS = "own";

    private final Supplier<TlsCertificate> supplier;
    private @Nullable TlsCertificate certificate;
    private volatile @Nullable RuntimeException failure;

    OwnCertificate(Supplier<TlsCertificate> supplier) {
        this.supplier = supplier;
    }

    /** Why there was no certificate; null if there was one, or none has been asked for. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return certificate().key().getAlgorithm().equals(keyType) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return Arrays.asList(keyTypes).contains(certificate().key().getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return certificate().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return certificate().key();
    }

    private synchronized TlsCertificate certificate() {
        if (certificate == null) {
            try {
                certificate = supplier.get();
            } catch (RuntimeException e) {
                failure = e;
                LOG.warn("The certificate for a TLS handshake cannot be had", e);
                throw e;
            }
        }
        return certificate;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null; // for blocking sockets, which are not used
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
