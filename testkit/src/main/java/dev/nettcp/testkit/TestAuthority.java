package dev.nettcp.testkit;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/**
 * A certification authority that lives as long as a test: issues certificates and revocation lists, all valid now, so that nothing expires in
 * a repository.
 *
 * <pre>{@code
 * TestAuthority authority = TestAuthority.create("Test CA");
 * TestCertificate server = authority.issue(TestAuthority.Wish.forServer("localhost"));
 * }</pre>
 */
public final class TestAuthority {

    private static final String SHA256_WITH_ECDSA = "1.2.840.10045.4.3.2";
    private static final AtomicLong SERIAL = new AtomicLong(1000);

    /** Extended key usages. */
    public enum Usage {
        SERVER("1.3.6.1.5.5.7.3.1"),
        CLIENT("1.3.6.1.5.5.7.3.2");

        private final String oid;

        Usage(String oid) {
            this.oid = oid;
        }
    }

    /**
     * What a certificate is to say.
     *
     * @param subject its name, as RFC 2253
     * @param dnsNames of its subject alternative name; none: no such extension
     * @param usages its extended key usage; none: no such extension
     * @param crlAddresses where its revocation list is; none: no such extension
     */
    public record Wish(
            String subject,
            List<String> dnsNames,
            List<Usage> usages,
            List<String> crlAddresses,
            Instant notBefore,
            Instant notAfter,
            String algorithm) {

        public static Wish of(String subject) {
            Instant now = Instant.now();
            return new Wish(
                    subject,
                    List.of(),
                    List.of(),
                    List.of(),
                    now.minus(Duration.ofHours(1)),
                    now.plus(Duration.ofDays(1)),
                    "EC");
        }

        public static Wish forServer(String dnsName) {
            return of("CN=" + dnsName).withDnsNames(dnsName).withUsages(Usage.SERVER);
        }

        public static Wish forClient(String name) {
            return of("CN=" + name).withUsages(Usage.CLIENT);
        }

        public Wish withDnsNames(String... names) {
            return new Wish(subject, List.of(names), usages, crlAddresses, notBefore, notAfter, algorithm);
        }

        public Wish withUsages(Usage... wanted) {
            return new Wish(subject, dnsNames, List.of(wanted), crlAddresses, notBefore, notAfter, algorithm);
        }

        public Wish withCrlAddresses(String... addresses) {
            return new Wish(subject, dnsNames, usages, List.of(addresses), notBefore, notAfter, algorithm);
        }

        public Wish valid(Instant from, Instant to) {
            return new Wish(subject, dnsNames, usages, crlAddresses, from, to, algorithm);
        }

        /** Its time is over. */
        public Wish expired() {
            return valid(Instant.now().minus(Duration.ofDays(2)), Instant.now().minus(Duration.ofDays(1)));
        }

        /** Its key: "EC" (P-256) or "RSA" (2048 bits). */
        public Wish withKey(String newAlgorithm) {
            return new Wish(subject, dnsNames, usages, crlAddresses, notBefore, notAfter, newAlgorithm);
        }
    }

    private final X500Principal name;
    private final PrivateKey key;
    private final List<X509Certificate> issuers;

    private TestAuthority(X500Principal name, PrivateKey key, List<X509Certificate> issuers) {
        this.name = name;
        this.key = key;
        this.issuers = issuers;
    }

    /** A root of its own. */
    public static TestAuthority create(String commonName) {
        Wish wish = Wish.of("CN=" + commonName);
        KeyPair keys = keys("EC");
        X500Principal name = new X500Principal(wish.subject());
        X509Certificate root = certificate(wish, keys.getPublic(), name, keys.getPrivate(), true);
        return new TestAuthority(name, keys.getPrivate(), List.of(root));
    }

    /** An authority below this one. */
    public TestAuthority intermediate(String commonName) {
        Wish wish = Wish.of("CN=" + commonName);
        KeyPair keys = keys("EC");
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(certificate(wish, keys.getPublic(), name, key, true));
        chain.addAll(issuers);
        return new TestAuthority(new X500Principal(wish.subject()), keys.getPrivate(), List.copyOf(chain));
    }

    /** A certificate that nobody but itself vouches for. */
    public static TestCertificate selfSigned(Wish wish) {
        KeyPair keys = keys(wish.algorithm());
        if (!wish.algorithm().equals("EC")) {
            throw new IllegalArgumentException("self-signed certificates have EC keys here");
        }
        return new TestCertificate(
                keys.getPrivate(),
                List.of(certificate(
                        wish, keys.getPublic(), new X500Principal(wish.subject()), keys.getPrivate(), false)));
    }

    /** This authority's own certificate. */
    public X509Certificate certificate() {
        return issuers.get(0);
    }

    /** The root at the end of its chain. */
    public X509Certificate root() {
        return issuers.get(issuers.size() - 1);
    }

    public TestCertificate issue(Wish wish) {
        KeyPair keys = keys(wish.algorithm());
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(certificate(wish, keys.getPublic(), name, key, false));
        chain.addAll(issuers.subList(0, issuers.size() - 1));
        return new TestCertificate(keys.getPrivate(), chain);
    }

    /** The list of what this authority has revoked, valid for a day. */
    public X509CRL revocationList(X509Certificate... revoked) {
        Instant now = Instant.now();
        byte[][] entries = Arrays.stream(revoked)
                .map(one -> Der.sequence(Der.integer(one.getSerialNumber()), Der.time(now)))
                .toArray(byte[][]::new);
        byte[] list = Der.sequence(
                Der.integer(BigInteger.ONE),
                algorithm(),
                name.getEncoded(),
                Der.time(now.minus(Duration.ofHours(1))),
                Der.time(now.plus(Duration.ofDays(1))),
                entries.length == 0 ? new byte[0] : Der.sequence(entries));
        try {
            return (X509CRL)
                    CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(signed(list, key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(
            Wish wish, PublicKey subjectKey, X500Principal issuer, PrivateKey issuerKey, boolean authority) {
        byte[] body = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(BigInteger.valueOf(SERIAL.incrementAndGet())),
                algorithm(),
                issuer.getEncoded(),
                Der.sequence(Der.time(wish.notBefore()), Der.time(wish.notAfter())),
                new X500Principal(wish.subject()).getEncoded(),
                subjectKey.getEncoded(),
                Der.tagged(0xa3, Der.sequence(extensions(wish, authority))));
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(signed(body, issuerKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] extensions(Wish wish, boolean authority) {
        List<byte[]> all = new ArrayList<>();
        all.add(extension("2.5.29.19", true, authority ? Der.sequence(Der.bool(true)) : Der.sequence()));
        if (authority) {
            // keyCertSign and cRLSign
            all.add(extension("2.5.29.15", true, Der.tagged(Der.BIT_STRING, new byte[] {1, 0x06})));
        }
        if (!wish.dnsNames().isEmpty()) {
            all.add(extension("2.5.29.17", false, Der.sequence(each(wish.dnsNames(), dns -> Der.text(0x82, dns)))));
        }
        if (!wish.usages().isEmpty()) {
            all.add(extension(
                    "2.5.29.37", false, Der.sequence(each(wish.usages(), usage -> Der.objectIdentifier(usage.oid)))));
        }
        if (!wish.crlAddresses().isEmpty()) {
            all.add(extension(
                    "2.5.29.31", false, Der.sequence(each(wish.crlAddresses(), TestAuthority::distributionPoint))));
        }
        return Der.joined(all.toArray(byte[][]::new));
    }

    private static byte[] distributionPoint(String address) {
        return Der.sequence(Der.tagged(0xa0, Der.tagged(0xa0, Der.text(0x86, address))));
    }

    private static <T> byte[][] each(List<T> items, java.util.function.Function<T, byte[]> encoding) {
        return items.stream().map(encoding).toArray(byte[][]::new);
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return Der.sequence(Der.objectIdentifier(oid), critical ? Der.bool(true) : new byte[0], Der.octets(value));
    }

    private static byte[] algorithm() {
        return Der.sequence(Der.objectIdentifier(SHA256_WITH_ECDSA));
    }

    private static byte[] signed(byte[] body, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(body);
        return Der.sequence(body, algorithm(), Der.bits(signature.sign()));
    }

    private static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
