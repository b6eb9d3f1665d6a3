package dev.nettcp.soap;

/** The namespaces of messages, and the addresses with a meaning of their own. */
public final class Namespaces {
    /** SOAP 1.2; prefix {@code s} on the wire. */
    public static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";

    /** WS-Addressing 1.0; prefix {@code a} on the wire. */
    public static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";

    /** The address of whoever is at the other end of the session. */
    public static final String ANONYMOUS = ADDRESSING + "/anonymous";

    /** Fault codes of WCF's dispatcher. */
    public static final String DISPATCHER =
            "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher";

    private Namespaces() {}
}
