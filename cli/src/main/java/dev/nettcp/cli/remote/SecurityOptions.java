package dev.nettcp.cli.remote;

import dev.nettcp.binding.ClientCredentialType;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.cli.CommandFailed;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.EndpointIdentity;
import dev.nettcp.transport.tls.RevocationMode;
import dev.nettcp.transport.tls.TlsCertificate;
import dev.nettcp.transport.tls.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how the stream is secured. */
final class SecurityOptions {

    /** The password of a PKCS#12 file; other users would see it on a command line. */
    static final String PASSWORD_VARIABLE = "NETTCP_CERT_PASSWORD";

    @Option(
            names = "--tls",
            description =
                    "Secure the stream with TLS. The certificate must be that of the host in the address, and its issuer "
                            + "one that Java trusts.")
    private boolean tls;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Trust what the certificates in this PEM file vouch for, and nothing else; revocation is not asked "
                            + "for then. Includes --tls.")
    private @Nullable Path authority;

    @Option(names = "--insecure", description = "Accept any certificate: for tests. Includes --tls.")
    private boolean insecure;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description =
                    "Show this certificate: a PEM file with the chain, and with the key unless --key has it, or a PKCS#12 file "
                            + "(.p12, .pfx), its password in $${NETTCP_CERT_PASSWORD}. Includes --tls.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The key of --cert, PEM, PKCS#8 without a password.")
    private @Nullable Path key;

    boolean isWanted() {
        return tls || insecure || authority != null || certificate != null;
    }

    /** For the transport. */
    TlsSettings settings() {
        TlsSettings settings = TlsSettings.DEFAULT.withValidation(validation()).withIdentity(identity());
        return certificate().map(settings::withCertificate).orElse(settings);
    }

    /** For a binding. */
    TransportSecurity security() {
        Optional<TlsCertificate> own = certificate();
        TransportSecurity security = TransportSecurity.tls(
                        own.isPresent() ? ClientCredentialType.CERTIFICATE : ClientCredentialType.NONE)
                .withServiceValidation(validation())
                .withServiceIdentity(identity());
        return own.map(security::withClientCertificate).orElse(security);
    }

    private EndpointIdentity identity() {
        return insecure ? EndpointIdentity.anyone() : EndpointIdentity.ofAddress();
    }

    private CertificateValidation validation() {
        if (insecure) {
            return CertificateValidation.none();
        }
        try {
            return authority == null
                    ? CertificateValidation.chainTrust()
                    : CertificateValidation.chainTrust(authority).withRevocationMode(RevocationMode.NO_CHECK);
        } catch (IOException e) {
            throw unreadable("--ca", authority, e);
        }
    }

    private Optional<TlsCertificate> certificate() {
        Path file = certificate;
        if (file == null) {
            return Optional.empty();
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".p12") || name.endsWith(".pfx")) {
                String password = System.getenv(PASSWORD_VARIABLE);
                return Optional.of(TlsCertificate.pkcs12(file, password == null ? "" : password));
            }
            return Optional.of(TlsCertificate.pem(file, key == null ? file : key));
        } catch (IOException e) {
            throw unreadable("--cert", file, e);
        }
    }

    private static CommandFailed unreadable(String option, @Nullable Path file, IOException e) {
        boolean missing = file != null && !Files.exists(file);
        return new CommandFailed(
                missing
                        ? "%s: there is no file %s".formatted(option, file)
                        : "%s: %s".formatted(option, e.getMessage()),
                e);
    }
}
