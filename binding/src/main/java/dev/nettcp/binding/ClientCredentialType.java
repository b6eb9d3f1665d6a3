package dev.nettcp.binding;

/** How a client proves who it is while the stream is being secured; the members of WCF's {@code TcpClientCredentialType}. */
public enum ClientCredentialType {
    /** Not at all: TLS with the certificate of the service alone. */
    NONE,
    /** By Windows' means (Kerberos, NTLM). WCF's default; not implemented in this version. */
    WINDOWS,
    /** By a certificate: TLS with the certificates of both. */
    CERTIFICATE
}
