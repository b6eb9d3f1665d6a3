package dev.nettcp.cli.remote;

import java.util.Locale;

/** Why no session came about. The names are for programs, and stay. */
enum Reason {
    NAME_UNKNOWN,
    PORT_CLOSED,
    UNREACHABLE,
    TIMED_OUT,
    NOT_NET_TCP,
    NO_ENDPOINT,
    UNAVAILABLE,
    TOO_BUSY,
    NOT_STARTED,
    NOT_HANDED_OVER,
    WRONG_MODE,
    WRONG_ENCODING,
    SECURITY_NEEDED,
    SECURITY_NOT_OFFERED,
    CERTIFICATE_NOT_TRUSTED,
    HANDSHAKE_FAILED,
    CLIENT_CERTIFICATE_REFUSED,
    REFUSED,
    CONNECTION_LOST,
    OTHER;

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
