package dev.nettcp.binding;

/** What a secured stream protects; the members of .NET's {@code ProtectionLevel}. TLS always does all of it. */
public enum ProtectionLevel {
    /** Who the other side is. */
    NONE,
    /** And that nothing is altered on the way. */
    SIGN,
    /** And that nobody reads along. WCF's default. */
    ENCRYPT_AND_SIGN
}
