package dev.nettcp.binding;

/** The version of SOAP that {@code NetTcpBinding} speaks: there is one. */
public enum EnvelopeVersion {
    /** SOAP 1.2, with WS-Addressing 1.0. */
    SOAP_12
}
