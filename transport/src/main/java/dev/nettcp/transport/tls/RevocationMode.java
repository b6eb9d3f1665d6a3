package dev.nettcp.transport.tls;

/** Whether chain trust asks if certificates have been revoked; the members of .NET's {@code X509RevocationMode}. */
public enum RevocationMode {
    /** Nobody is asked. */
    NO_CHECK,
    /**
     * Their issuers are asked: the OCSP responder that a certificate names, else the revocation lists it names (http). A certificate of which
     * nothing can be learned is not believed. WCF's default.
     */
    ONLINE,
    /** Only the revocation lists that were given are looked into. */
    OFFLINE
}
