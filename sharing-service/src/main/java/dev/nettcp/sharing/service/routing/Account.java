package dev.nettcp.sharing.service.routing;

/**
 * A process at the other end of a local socket, as the kernel names it (SO_PEERCRED); nothing a message claims.
 *
 * @param user its user id when it connected
 * @param group its primary group id then
 * @param pid its process id then
 */
public record Account(int user, int group, int pid) {

    /** Group and process do not matter: what one process of a user may read, another one may too. */
    public boolean isSameUser(Account other) {
        return user == other.user;
    }

    @Override
    public String toString() {
        return "pid %d of user %s".formatted(pid, Integer.toUnsignedString(user));
    }
}
