package dev.nettcp.transport.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The DNS names of a certificate as WCF sees them: every dNSName of the subject alternative name; only if there is none, the common name of
 * the subject. Addresses in the alternative name do not count.
 */
final class DnsNames {

    private static final Integer DNS_NAME = 2;

    private DnsNames() {}

    static List<String> of(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        List<String> names = (alternatives == null ? List.<List<?>>of() : alternatives)
                .stream()
                        .filter(alternative -> DNS_NAME.equals(alternative.get(0)))
                        .map(alternative -> (String) alternative.get(1))
                        .toList();
        return names.isEmpty() ? commonName(certificate) : names;
    }

    /** The most specific one. */
    private static List<String> commonName(X509Certificate certificate) {
        try {
            List<Rdn> parts = new ArrayList<>(
                    new LdapName(certificate.getSubjectX500Principal().getName()).getRdns());
            Collections.reverse(parts);
            return parts.stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                    .map(part -> part.getValue().toString())
                    .limit(1)
                    .toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }
}
