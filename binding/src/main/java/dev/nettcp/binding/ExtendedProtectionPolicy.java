package dev.nettcp.binding;

/**
 * Whether authentication by Windows' means is bound to the stream below it; the members of .NET's {@code PolicyEnforcement}. TLS with
 * certificates, the only security here, has nothing to bind.
 */
public enum ExtendedProtectionPolicy {
    /** The default of .NET and the only choice here. */
    NEVER,
    /** If the client does it. */
    WHEN_SUPPORTED,
    /** Or the client is refused. */
    ALWAYS
}
