package dev.nettcp.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in textual form, RFC 7468. What is between the blocks is skipped. */
final class PemFile {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final String PKCS8 = "PRIVATE KEY";

    private PemFile() {}

    /** All certificates, in their order; at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        Matcher block = blocks(file);
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                found.add(certificate(file, decoded(file, block.group(2))));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(file + " holds no certificate: a block -----BEGIN CERTIFICATE----- is looked for.");
        }
        return found;
    }

    /** @param algorithm the kind of the key, which is that of its certificate */
    static PrivateKey privateKey(Path file, String algorithm) throws IOException {
        List<String> others = new ArrayList<>();
        Matcher block = blocks(file);
        while (block.find()) {
            if (block.group(1).equals(PKCS8)) {
                return key(file, algorithm, decoded(file, block.group(2)));
            }
            others.add(block.group(1));
        }
        throw new IOException(
                "%s holds no private key that is read here, but %s: a block -----BEGIN PRIVATE KEY----- is looked for (PKCS#8 without encryption; \"openssl pkcs8 -topk8 -nodes\" makes it)."
                        .formatted(file, others));
    }

    private static Matcher blocks(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    private static byte[] decoded(Path file, String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": a block is not base64: " + e.getMessage(), e);
        }
    }

    private static X509Certificate certificate(Path file, byte[] der) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": a certificate cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file, String algorithm, byte[] der) throws IOException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "%s: the private key is no key of the kind %s, which its certificate has: %s"
                            .formatted(file, algorithm, e.getMessage()),
                    e);
        }
    }
}
