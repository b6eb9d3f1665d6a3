package dev.nettcp.sharing;

/**
 * Result of a request. Codes 0 to 7 are those of the Windows service under its names, codes from 100 on are ours; a code
 * this version has no name for is still equal, sent and logged, and means failure.
 */
public record StatusCode(int code) {
    public static final StatusCode SUCCESS = new StatusCode(0);
    /** The base address is longer than 2048 UTF-8 bytes. */
    public static final StatusCode PATH_TOO_LONG = new StatusCode(1);
    /** This user, or all together, hold as many registrations as the service allows. */
    public static final StatusCode REGISTRATION_QUOTA_EXCEEDED = new StatusCode(2);
    /** The scheme of the base address is not net.tcp. */
    public static final StatusCode PROTOCOL_UNSUPPORTED = new StatusCode(3);
    /** Another worker holds the same address in the same comparison mode. */
    public static final StatusCode CONFLICTING_REGISTRATION = new StatusCode(4);
    /** The port could not be opened: another program has it, or the address is not of this host. */
    public static final StatusCode FAILED_TO_LISTEN = new StatusCode(5);
    /** The worker's protocol version is above the service's. */
    public static final StatusCode VERSION_UNSUPPORTED = new StatusCode(6);
    /** A message broke the protocol, or a field had a value that does not exist. */
    public static final StatusCode INVALID_ARGUMENT = new StatusCode(7);
    /** The service's access rules do not admit this account. */
    public static final StatusCode ACCESS_DENIED = new StatusCode(100);
    /** The service runs, but port sharing is switched off. */
    public static final StatusCode NOT_ENABLED = new StatusCode(101);
    /** The service is stopping; it is worth trying again soon. */
    public static final StatusCode SHUTTING_DOWN = new StatusCode(102);
    /** The service knows no administrative command, or no lane direction, of this name. */
    public static final StatusCode UNKNOWN_COMMAND = new StatusCode(103);
    /** A token of a lane fits no living registration. */
    public static final StatusCode UNKNOWN_TOKEN = new StatusCode(104);

    public StatusCode {
        if (code < 0) {
            throw new IllegalArgumentException("a status code is not negative: " + code);
        }
    }

    public boolean isSuccess() {
        return code == 0;
    }

    /** The name of the code, or its number where this version has no name for it. */
    @Override
    public String toString() {
        return switch (code) {
            case 0 -> "Success";
            case 1 -> "PathTooLong";
            case 2 -> "RegistrationQuotaExceeded";
            case 3 -> "ProtocolUnsupported";
            case 4 -> "ConflictingRegistration";
            case 5 -> "FailedToListen";
            case 6 -> "VersionUnsupported";
            case 7 -> "InvalidArgument";
            case 100 -> "AccessDenied";
            case 101 -> "NotEnabled";
            case 102 -> "ShuttingDown";
            case 103 -> "UnknownCommand";
            case 104 -> "UnknownToken";
            default -> "status " + code;
        };
    }
}
