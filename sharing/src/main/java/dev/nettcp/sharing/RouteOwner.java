package dev.nettcp.sharing;

/**
 * To whom a via leads at this moment, seen from the registration of the asking session. Names nobody: a worker learns
 * whether it may keep or return a connection, not who else is there.
 */
public enum RouteOwner {
    /** To this session's own registration. */
    MINE(0),
    /** To a registration of another session of the same user. */
    SAME_USER(1),
    /** To a registration of another user. */
    OTHER_USER(2),
    /** Nowhere. */
    NOBODY(3);

    private final int code;

    RouteOwner(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** An owner this version does not know is a stranger. */
    static RouteOwner of(long code) {
        return code == 0 ? MINE : code == 1 ? SAME_USER : code == 3 ? NOBODY : OTHER_USER;
    }
}
