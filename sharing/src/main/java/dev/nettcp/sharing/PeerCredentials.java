package dev.nettcp.sharing;

/**
 * Who is at the other end of a Unix socket, from the kernel (SO_PEERCRED), never from a message. Of a service whose socket
 * systemd opened it names who opened it: root.
 */
public record PeerCredentials(int pid, int uid, int gid) {
    @Override
    public String toString() {
        return "pid %d of user %d".formatted(pid, uid);
    }
}
