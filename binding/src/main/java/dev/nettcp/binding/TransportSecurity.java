package dev.nettcp.binding;

import dev.nettcp.transport.StreamUpgrade;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.EndpointIdentity;
import dev.nettcp.transport.tls.TlsCertificate;
import dev.nettcp.transport.tls.TlsSettings;
import dev.nettcp.transport.tls.TlsUpgrade;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How {@link SecurityMode#TRANSPORT} secures the stream: TLS. WCF spreads these settings over the binding ({@code Security.Transport}), the
 * credentials of service and client, and the identity in the endpoint's address. Immutable.
 *
 * @param clientCredentialType whether clients show a certificate, too; both sides must agree
 * @param sslProtocols which versions of TLS may be used, by the names of the JDK
 * @param serviceCertificate the server's own, asked for in every handshake, so that it may be renewed at any time
 * @param clientCertificate the client's own, asked for in every handshake
 * @param serviceValidation whether a client believes the certificate of a service; chain trust in the JDK's roots by default
 * @param clientValidation whether a server believes the certificate of a client; likewise
 * @param serviceIdentity whose certificate a client wants to see; by default that of the host in the address
 * @param sslContext in place of certificate and validation of this side; asked for in every handshake
 */
public record TransportSecurity(
        ClientCredentialType clientCredentialType,
        Set<String> sslProtocols,
        @Nullable Supplier<TlsCertificate> serviceCertificate,
        @Nullable Supplier<TlsCertificate> clientCertificate,
        CertificateValidation serviceValidation,
        CertificateValidation clientValidation,
        EndpointIdentity serviceIdentity,
        @Nullable Supplier<SSLContext> sslContext) {

    /**
     * Refuses what does not exist yet, and versions of TLS that the JDK does not know.
     *
     * @throws InvalidBindingException with the name of the setting
     */
    public TransportSecurity {
        if (clientCredentialType == ClientCredentialType.WINDOWS) {
            throw InvalidBindingException.notImplemented(
                    "clientCredentialType",
                    ClientCredentialType.WINDOWS + " (WCF's default)",
                    "set NONE or CERTIFICATE at both sides to use TLS");
        }
        try {
            sslProtocols = TlsSettings.DEFAULT.withProtocols(sslProtocols).protocols();
        } catch (IllegalArgumentException e) {
            throw new InvalidBindingException("sslProtocols", String.valueOf(e.getMessage()));
        }
    }

    /** TLS with WCF's defaults; {@link ClientCredentialType#NONE} or {@link ClientCredentialType#CERTIFICATE}. */
    public static TransportSecurity tls(ClientCredentialType clientCredentialType) {
        return new TransportSecurity(
                clientCredentialType,
                TlsSettings.DEFAULT_PROTOCOLS,
                null,
                null,
                TlsSettings.DEFAULT.validation(),
                TlsSettings.DEFAULT.validation(),
                TlsSettings.DEFAULT.identity(),
                null);
    }

    /** What TLS protects, all of it: {@link ProtectionLevel#ENCRYPT_AND_SIGN}. */
    public ProtectionLevel protectionLevel() {
        return ProtectionLevel.ENCRYPT_AND_SIGN;
    }

    /**
     * By default {@link ProtectionLevel#ENCRYPT_AND_SIGN}, the only choice with TLS.
     *
     * @throws InvalidBindingException for another one
     */
    public TransportSecurity withProtectionLevel(ProtectionLevel level) {
        if (level != ProtectionLevel.ENCRYPT_AND_SIGN) {
            throw new InvalidBindingException(
                    "protectionLevel",
                    level + " contradicts clientCredentialType=" + clientCredentialType
                            + ", which means TLS; it always encrypts and signs");
        }
        return this;
    }

    /** With these versions of TLS, such as {@code TLSv1.3}. */
    public TransportSecurity withSslProtocols(Set<String> protocols) {
        return new TransportSecurity(
                clientCredentialType,
                protocols,
                serviceCertificate,
                clientCertificate,
                serviceValidation,
                clientValidation,
                serviceIdentity,
                sslContext);
    }

    /** With this certificate for servers. */
    public TransportSecurity withServiceCertificate(TlsCertificate certificate) {
        return withServiceCertificate(() -> certificate);
    }

    /** With the certificate for servers that the supplier has at the moment of each handshake. */
    public TransportSecurity withServiceCertificate(Supplier<TlsCertificate> certificate) {
        return new TransportSecurity(
                clientCredentialType,
                sslProtocols,
                certificate,
                clientCertificate,
                serviceValidation,
                clientValidation,
                serviceIdentity,
                sslContext);
    }

    /** With this certificate for clients. */
    public TransportSecurity withClientCertificate(TlsCertificate certificate) {
        return withClientCertificate(() -> certificate);
    }

    /** With the certificate for clients that the supplier has at the moment of each handshake. */
    public TransportSecurity withClientCertificate(Supplier<TlsCertificate> certificate) {
        return new TransportSecurity(
                clientCredentialType,
                sslProtocols,
                serviceCertificate,
                certificate,
                serviceValidation,
                clientValidation,
                serviceIdentity,
                sslContext);
    }

    /** With this check of the certificates of services. */
    public TransportSecurity withServiceValidation(CertificateValidation validation) {
        return new TransportSecurity(
                clientCredentialType,
                sslProtocols,
                serviceCertificate,
                clientCertificate,
                validation,
                clientValidation,
                serviceIdentity,
                sslContext);
    }

    /** With this check of the certificates of clients. */
    public TransportSecurity withClientValidation(CertificateValidation validation) {
        return new TransportSecurity(
                clientCredentialType,
                sslProtocols,
                serviceCertificate,
                clientCertificate,
                serviceValidation,
                validation,
                serviceIdentity,
                sslContext);
    }

    /** With this expectation of whose certificate a service shows. */
    public TransportSecurity withServiceIdentity(EndpointIdentity identity) {
        return new TransportSecurity(
                clientCredentialType,
                sslProtocols,
                serviceCertificate,
                clientCertificate,
                serviceValidation,
                clientValidation,
                identity,
                sslContext);
    }

    /** With the keys and the trust of a context of one's own; the identity of the service is checked all the same. */
    public TransportSecurity withSslContext(Supplier<SSLContext> context) {
        return new TransportSecurity(
                clientCredentialType,
                sslProtocols,
                serviceCertificate,
                clientCertificate,
                serviceValidation,
                clientValidation,
                serviceIdentity,
                context);
    }

    StreamUpgrade ofServer() {
        refuseMissing("serviceCertificate", serviceCertificate, "a server whose security is TRANSPORT");
        return new TlsUpgrade(new TlsSettings(
                serviceCertificate,
                clientCredentialType == ClientCredentialType.CERTIFICATE,
                clientValidation,
                serviceIdentity,
                sslProtocols,
                sslContext));
    }

    StreamUpgrade ofClient() {
        boolean shows = clientCredentialType == ClientCredentialType.CERTIFICATE;
        if (shows) {
            refuseMissing("clientCertificate", clientCertificate, "a client whose clientCredentialType is CERTIFICATE");
        }
        return new TlsUpgrade(new TlsSettings(
                shows ? clientCertificate : null, false, serviceValidation, serviceIdentity, sslProtocols, sslContext));
    }

    private void refuseMissing(String setting, @Nullable Object value, String who) {
        if (value == null && sslContext == null) {
            throw new InvalidBindingException(
                    setting,
                    "missing, and " + who + " needs one: TlsCertificate.pkcs12 or pem reads it, or set sslContext");
        }
    }
}
