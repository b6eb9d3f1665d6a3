package dev.nettcp.transport.tls;

import dev.nettcp.transport.RemoteSecurity;
import dev.nettcp.transport.StreamUpgrade.Side;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of one handshake: who the peer is when it is done, and what to tell people when it fails.
 *
 * @param own what this side shows, null for nothing
 * @param identity once more, for a context of the user's own, which does not know whom the client wants
 */
record Handshake(Side side, @Nullable OwnCertificate own, PeerCheck check, PeerCheck.Rule identity) {

    private static final String THEY_REFUSE = "it refuses this side's certificate: its log says why";
    private static final String THEY_DEMAND = "it demands a certificate of this side: set one";

    /** Alerts of RFC 8446 6.2, by the JDK's names for them. */
    private static final Map<String, String> ALERTS = Map.of(
            "bad_certificate", THEY_REFUSE,
            "unsupported_certificate", THEY_REFUSE,
            "certificate_revoked", THEY_REFUSE,
            "certificate_expired", THEY_REFUSE,
            "certificate_unknown", THEY_REFUSE,
            "unknown_ca", THEY_REFUSE,
            "access_denied", THEY_REFUSE,
            "certificate_required", THEY_DEMAND,
            "handshake_failure",
                    "the two have no cipher suite in common, or it demands a certificate of this side: set one",
            "protocol_version", "the two have no version of TLS in common: see the setting of the protocols");

    /** @throws CertificateException if the peer is not whom the client means */
    RemoteSecurity done(SSLSession session) throws CertificateException {
        List<X509Certificate> certificates = certificates(session);
        if (!certificates.isEmpty()) {
            identity.check(certificates);
        }
        return new RemoteSecurity(
                TlsUpgrade.PROTOCOL, session.getProtocol() + " " + session.getCipherSuite(), certificates);
    }

    private static List<X509Certificate> certificates(SSLSession session) {
        try {
            return Stream.of(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // it has shown none, and none was demanded
        }
    }

    /** In words, what went wrong and what to do. */
    String explain(Throwable cause) {
        String refusal = check.refusal();
        if (refusal != null) {
            return refusal;
        }
        RuntimeException missing = own == null ? null : own.failure();
        if (missing != null) {
            return "this side's own certificate cannot be had: " + missing;
        }
        if (cause instanceof NotSslRecordException) {
            return "what came is no TLS. Is something between the two, or does the peer not do what it agreed to?";
        }
        if (cause instanceof ClosedChannelException) {
            return "the connection ended in the middle of the handshake. A peer that does not accept the certificate, or finds no common version of TLS, may end it so: its log says";
        }
        String message = String.valueOf(cause.getMessage());
        return message
                + ALERTS.entrySet().stream()
                        .filter(alert -> cause instanceof SSLException && message.endsWith(": " + alert.getKey()))
                        .map(alert -> ". From the peer: " + remedy(alert.getValue()))
                        .findFirst()
                        .orElse("");
    }

    /** The JDK's servers answer no certificate as they answer a bad one. */
    private String remedy(String alert) {
        return alert.equals(THEY_REFUSE) && own == null ? THEY_DEMAND : alert;
    }
}
