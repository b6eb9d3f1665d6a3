/**
 * The upgrade {@code application/ssl-tls}: TLS over the connection of a session, as WCF does it.
 *
 * <pre>
 *   TlsUpgrade ── for each handshake ──▶ TlsHandler (Netty's, on the JDK's engine)
 *      │                                    │ asks, away from the event loop
 *      ├─ Supplier&lt;TlsCertificate&gt; ◀── OwnCertificate   what this side shows
 *      └─ CertificateValidation    ◀── PeerCheck        whether the peer's is good,
 *         EndpointIdentity         ◀──────┘             and the service's is that of whom the client wants
 * </pre>
 *
 * Each session has a handshake of its own, also on a connection that is used again, and no session is resumed: what was believed of a
 * certificate is checked each time. The layer comes and goes without a word of its own; there is no close_notify in WCF's sessions, since the
 * connection goes on in plain.
 */
package dev.nettcp.transport.tls;
