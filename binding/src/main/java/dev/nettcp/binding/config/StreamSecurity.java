package dev.nettcp.binding.config;

import dev.nettcp.binding.ClientCredentialType;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransportSecurity;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a configuration says about security. What cannot be had is refused by name.
 *
 * @param certificates adds what a configuration does not hold: certificates, and who is trusted
 */
record StreamSecurity(UnaryOperator<TransportSecurity> certificates) {
    /** .NET's SslProtocols, and what of it the JDK can and should do. */
    private static final Map<String, String> PROTOCOLS =
            Map.of("None", "", "Tls12", "TLSv1.2", "Tls13", "TLSv1.3", "Tls", "weak", "Tls11", "weak");

    private enum ProtectionLevel {
        NONE,
        SIGN,
        ENCRYPT_AND_SIGN
    }

    private enum PolicyEnforcement {
        NEVER,
        WHEN_SUPPORTED,
        ALWAYS
    }

    /** {@code <security>} of {@code <netTcpBinding>}; without it the mode is Transport, as in WCF. */
    void ofNetTcpBinding(Section binding, Optional<Section> security, NetTcpBinding.Builder builder) {
        SecurityMode mode = security.flatMap(section -> section.value("mode", Texts.memberOf(SecurityMode.class)))
                .orElse(SecurityMode.TRANSPORT);
        if (mode == SecurityMode.NONE) {
            builder.security(SecurityMode.NONE);
            security.ifPresent(section -> {
                section.ignoreChild("transport", "the security mode is None");
                section.ignoreChild("message", "the security mode is None");
                section.done();
            });
        } else if (mode == SecurityMode.TRANSPORT) {
            ofTransport(binding, security, builder);
        } else {
            throw security.orElse(binding)
                    .problem(
                            "mode %s is not implemented; None is, and Transport with clientCredentialType None or Certificate (TLS)"
                                    .formatted(Texts.wcfName(mode)));
        }
    }

    private void ofTransport(Section binding, Optional<Section> security, NetTcpBinding.Builder builder) {
        Optional<Section> transport = security.flatMap(section -> section.child("transport"));
        ClientCredentialType type = transport
                .flatMap(section -> section.value("clientCredentialType", Texts.memberOf(ClientCredentialType.class)))
                .orElse(ClientCredentialType.WINDOWS);
        if (type == ClientCredentialType.WINDOWS) {
            throw transport
                    .or(() -> security)
                    .orElse(binding)
                    .problem("means security mode Transport with clientCredentialType Windows, WCF's defaults where"
                            + " nothing else is said; Windows authentication is not implemented in this version."
                            + " Say mode=\"None\", or clientCredentialType None or Certificate (TLS), at both"
                            + " sides");
        }
        transport.ifPresent(section -> {
            section.value("protectionLevel", text -> {
                if (Texts.memberOf(ProtectionLevel.class).apply(text) != ProtectionLevel.ENCRYPT_AND_SIGN) {
                    throw new IllegalArgumentException(
                            "does not go with TLS, which encrypts and signs; say EncryptAndSign");
                }
                return text;
            });
            extendedProtection(section);
        });
        tls(type, transport, builder);
        transport.ifPresent(Section::done);
        security.ifPresent(section -> {
            section.ignoreChild(
                    "message", "it matters with the security modes Message and TransportWithMessageCredential only");
            section.done();
        });
    }

    /** {@code <sslStreamSecurity>}; without it there is no security. */
    void ofCustomBinding(Optional<Section> tls, NetTcpBinding.Builder builder) {
        if (tls.isEmpty()) {
            builder.security(SecurityMode.NONE);
            return;
        }
        boolean certificate =
                tls.get().value("requireClientCertificate", Texts::bool).orElse(false);
        tls(certificate ? ClientCredentialType.CERTIFICATE : ClientCredentialType.NONE, tls, builder);
        tls.get().done();
    }

    private void tls(ClientCredentialType type, Optional<Section> section, NetTcpBinding.Builder builder) {
        TransportSecurity tls = TransportSecurity.tls(type);
        Set<String> protocols = section.flatMap(StreamSecurity::protocols).orElse(tls.sslProtocols());
        builder.security(SecurityMode.TRANSPORT).transportSecurity(certificates.apply(tls.withSslProtocols(protocols)));
    }

    /** {@code None} leaves the choice to the system. Versions that are broken are left out where others are allowed, too. */
    private static Optional<Set<String>> protocols(Section section) {
        return section.value("sslProtocols", text -> {
                    Set<String> protocols = new LinkedHashSet<>();
                    for (String name : text.split("[,|]", -1)) {
                        String protocol = PROTOCOLS.get(name.strip());
                        if (protocol == null) {
                            throw new IllegalArgumentException(
                                    "has \"%s\"; allowed are Tls12 and Tls13, or None for the defaults%s"
                                            .formatted(name.strip(), Nearest.hint(name.strip(), PROTOCOLS.keySet())));
                        } else if (protocol.equals("weak")) {
                            section.ignorePart(
                                    "sslProtocols",
                                    name.strip().toUpperCase(Locale.ROOT),
                                    "this version of TLS is broken and not used; the others that are said are");
                        } else if (!protocol.isEmpty()) {
                            protocols.add(protocol);
                        }
                    }
                    if (protocols.isEmpty() && !text.strip().equals("None")) {
                        throw new IllegalArgumentException("has no version of TLS that is safe; add Tls12 or Tls13");
                    }
                    return protocols;
                })
                .filter(protocols -> !protocols.isEmpty());
    }

    /** Binds Windows authentication to a TLS channel; without the former there is nothing to bind, and who demands it gets no less. */
    static void extendedProtection(Section parent) {
        parent.child("extendedProtectionPolicy").ifPresent(policy -> {
            policy.value("policyEnforcement", text -> {
                if (Texts.memberOf(PolicyEnforcement.class).apply(text) == PolicyEnforcement.ALWAYS) {
                    throw new IllegalArgumentException("is not implemented; Never and WhenSupported are");
                }
                return text;
            });
            policy.ignore("protectionScenario", "there is no Windows authentication that could be bound to a channel");
            policy.ignoreChild(
                    "customServiceNames", "there is no Windows authentication that could be bound to a channel");
            policy.done();
        });
    }
}
