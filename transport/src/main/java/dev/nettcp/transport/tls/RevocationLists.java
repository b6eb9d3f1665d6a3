package dev.nettcp.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revocation lists that a certificate names, RFC 5280 4.2.1.13, fetched over http and kept until they are out of date. The JDK fetches none
 * unless a system property was set before its first certificate was checked. What cannot be had is missing, and chain trust says so.
 */
final class RevocationLists {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationLists.class);

    private static final String DISTRIBUTION_POINTS = "2.5.29.31";
    private static final int URI_NAME = 0x86;
    private static final int CONSTRUCTED = 0x20;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_KEPT = 64;
    private static final Duration KEPT_AT_MOST = Duration.ofHours(1);

    private record Kept(X509CRL list, Instant fetched) {
        boolean isFresh() {
            Date next = list.getNextUpdate();
            Instant now = Instant.now();
            return now.isBefore(fetched.plus(KEPT_AT_MOST)) && (next == null || now.isBefore(next.toInstant()));
        }
    }

    private static final Map<URI, Kept> KEPT = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Kept> eldest) {
            return size() > MAX_KEPT;
        }
    };

    private RevocationLists() {}

    /** All lists that the certificate names and that can be had. Blocks. */
    static List<X509CRL> named(X509Certificate certificate) {
        List<X509CRL> lists = new ArrayList<>();
        for (URI address : addresses(certificate)) {
            X509CRL list = get(address);
            if (list != null) {
                lists.add(list);
            }
        }
        return lists;
    }

    static List<URI> addresses(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(DISTRIBUTION_POINTS);
        List<URI> found = new ArrayList<>();
        if (extension != null) {
            try {
                ByteBuffer octetString = ByteBuffer.wrap(extension);
                octetString.get();
                collect(content(octetString), found);
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                LOG.debug("The distribution points of {} cannot be read", certificate.getSubjectX500Principal(), e);
            }
        }
        return found;
    }

    /** Every name of the kind URI, wherever it is. */
    private static void collect(ByteBuffer der, List<URI> found) {
        while (der.hasRemaining()) {
            int tag = der.get() & 0xff;
            ByteBuffer content = content(der);
            if (tag == URI_NAME) {
                URI address =
                        URI.create(StandardCharsets.US_ASCII.decode(content).toString());
                if ("http".equalsIgnoreCase(address.getScheme())) {
                    found.add(address);
                }
            } else if ((tag & CONSTRUCTED) != 0) {
                collect(content, found);
            }
        }
    }

    /** Reads a length and steps over as many bytes. */
    private static ByteBuffer content(ByteBuffer der) {
        int length = der.get() & 0xff;
        if (length > 0x7f) {
            int octets = length & 0x7f;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | (der.get() & 0xff);
            }
        }
        if (length < 0 || length > der.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer content = der.slice(der.position(), length);
        der.position(der.position() + length);
        return content;
    }

    private static @Nullable X509CRL get(URI address) {
        synchronized (KEPT) {
            Kept kept = KEPT.get(address);
            if (kept != null && kept.isFresh()) {
                return kept.list();
            }
        }
        try {
            X509CRL list = fetch(address);
            synchronized (KEPT) {
                KEPT.put(address, new Kept(list, Instant.now()));
            }
            return list;
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("The revocation list {} cannot be had: {}", address, e.toString());
            return null;
        }
    }

    private static X509CRL fetch(URI address) throws IOException, GeneralSecurityException {
        URLConnection connection = address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
        }
    }
}
