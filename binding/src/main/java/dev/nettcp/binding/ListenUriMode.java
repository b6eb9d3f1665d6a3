package dev.nettcp.binding;

/** How the address at which an endpoint listens comes about; the members of WCF's {@code ListenUriMode}. */
public enum ListenUriMode {
    /** It is the one that was given. WCF's default. */
    EXPLICIT,
    /**
     * The one that was given is made unique. On a port of one's own the endpoint gets any free port, and its path stays. On a shared port the
     * port stays, and the path gets one more segment, a new GUID.
     */
    UNIQUE
}
