package dev.nettcp.sharing.service.config;

/** Which addresses of a port are opened. */
public enum ListenAddresses {
    /** Those the registrations ask for: an IP literal its address, any other host name all addresses. */
    REGISTERED,
    /** Always all addresses of both families; IP literals are then enforced by routing alone. */
    WILDCARD
}
