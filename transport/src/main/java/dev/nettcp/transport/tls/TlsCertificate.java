package dev.nettcp.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its private key: what one side shows the other.
 *
 * @param key the key of the first certificate
 * @param chain the certificate, then those of its issuers; the root may be left out
 */
public record TlsCertificate(PrivateKey key, List<X509Certificate> chain) {

    /** Refuses an empty chain, and a key of another kind than the certificate's. */
    public TlsCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("A certificate needs a chain of at least one: itself.");
        }
        String wanted = chain.get(0).getPublicKey().getAlgorithm();
        if (!wanted.equals(key.getAlgorithm())) {
            throw new IllegalArgumentException("The certificate %s has a key of the kind %s, the private key is %s."
                    .formatted(chain.get(0).getSubjectX500Principal(), wanted, key.getAlgorithm()));
        }
    }

    /**
     * The key and chain of a PKCS#12 file, which must hold exactly one key.
     *
     * @throws IOException if the file cannot be read, or not with this password
     */
    public static TlsCertificate pkcs12(Path file, String password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return keyStore(store, password, null);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " holds no usable key with a certificate: " + e.getMessage(), e);
        }
    }

    /**
     * The certificate and, behind it, its chain from one PEM file, and the private key from another (it may be the same): PKCS#8 without
     * encryption, as {@code openssl genpkey} and {@code openssl req -nodes} write it.
     *
     * @throws IOException if a file cannot be read or holds something else
     */
    public static TlsCertificate pem(Path chain, Path key) throws IOException {
        List<X509Certificate> certificates = PemFile.certificates(chain);
        try {
            return new TlsCertificate(
                    PemFile.privateKey(key, certificates.get(0).getPublicKey().getAlgorithm()), certificates);
        } catch (IllegalArgumentException e) {
            throw new IOException(chain + " and " + key + " do not fit together: " + e.getMessage(), e);
        }
    }

    /**
     * A key of a key store, of whatever kind.
     *
     * @param alias which key; null if there is only one
     * @throws GeneralSecurityException if there is no such key, several without an alias to choose, or the password is wrong
     */
    public static TlsCertificate keyStore(KeyStore store, String password, @Nullable String alias)
            throws GeneralSecurityException {
        String chosen = alias == null ? onlyKey(store) : alias;
        if (!(store.getKey(chosen, password.toCharArray()) instanceof PrivateKey key)) {
            throw new GeneralSecurityException("there is no private key under the alias " + chosen);
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(chosen)) {
            chain.add((X509Certificate) certificate);
        }
        return new TlsCertificate(key, chain);
    }

    private static String onlyKey(KeyStore store) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new GeneralSecurityException(
                    "there are %d private keys, one is wanted: %s".formatted(keys.size(), keys));
        }
        return keys.get(0);
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "certificate of " + certificate().getSubjectX500Principal();
    }
}
