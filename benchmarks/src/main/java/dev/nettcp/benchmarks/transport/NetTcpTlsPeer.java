package dev.nettcp.benchmarks.transport;

import dev.nettcp.binding.ClientCredentialType;
import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.binding.TransferMode;
import dev.nettcp.binding.TransportSecurity;
import dev.nettcp.transport.tls.CertificateValidation;
import dev.nettcp.transport.tls.RevocationMode;
import dev.nettcp.transport.tls.TlsCertificate;
import java.io.IOException;
import java.nio.file.Path;

/** As {@link NetTcpPeer}, over TLS: the client checks the chain and the name of the server, and asks nobody whether the certificate was revoked. */
final class NetTcpTlsPeer extends NetTcpPeer {

    NetTcpTlsPeer() {
        super(TransferMode.BUFFERED);
    }

    @Override
    NetTcpBinding serverBinding(Path certificates) throws IOException {
        TlsCertificate certificate =
                TlsCertificate.pem(Certificates.chain(certificates), Certificates.key(certificates));
        return secured(TransportSecurity.tls(ClientCredentialType.NONE).withServiceCertificate(certificate));
    }

    @Override
    NetTcpBinding clientBinding(Path certificates) throws IOException {
        return secured(TransportSecurity.tls(ClientCredentialType.NONE)
                .withServiceValidation(CertificateValidation.chainTrust(Certificates.authority(certificates))
                        .withRevocationMode(RevocationMode.NO_CHECK)));
    }

    private NetTcpBinding secured(TransportSecurity security) {
        return binding()
                .security(SecurityMode.TRANSPORT)
                .transportSecurity(security)
                .build();
    }
}
