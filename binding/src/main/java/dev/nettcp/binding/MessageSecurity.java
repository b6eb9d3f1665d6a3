package dev.nettcp.binding;

import java.util.Objects;

/**
 * What WCF's {@code Security.Message} says. It applies in the security modes MESSAGE and TRANSPORT_WITH_MESSAGE_CREDENTIAL alone, which are
 * refused; hence it has no meaning here.
 *
 * @param clientCredentialType how a client proves who it is
 * @param algorithmSuite by its name in WCF's configuration, such as {@code Basic256}
 */
public record MessageSecurity(CredentialType clientCredentialType, String algorithmSuite) {
    /** WCF's defaults: Windows, Basic256. */
    public static final MessageSecurity DEFAULT = new MessageSecurity(CredentialType.WINDOWS, "Basic256");

    /** The members of WCF's {@code MessageCredentialType}. */
    public enum CredentialType {
        /** Not at all. */
        NONE,
        /** By Windows' means. WCF's default. */
        WINDOWS,
        /** By name and password. */
        USER_NAME,
        /** By a certificate. */
        CERTIFICATE,
        /** By a token that somebody else has issued. */
        ISSUED_TOKEN
    }

    /** Refuses what is missing. */
    public MessageSecurity {
        Objects.requireNonNull(clientCredentialType, "clientCredentialType");
        Objects.requireNonNull(algorithmSuite, "algorithmSuite");
    }
}
