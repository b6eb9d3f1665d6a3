package dev.nettcp.sharing.unix;

import io.netty.channel.epoll.Epoll;

/** Passing connections between processes stands on Linux's epoll; elsewhere it is refused in plain words. */
public final class EpollSupport {
    private EpollSupport() {}

    /** Whether control sockets and lanes work on this machine. */
    public static boolean isAvailable() {
        return Epoll.isAvailable();
    }

    /**
     * Does nothing where epoll works.
     *
     * @throws UnsupportedOperationException saying what is missing, and what works without it
     */
    public static void require() {
        if (!Epoll.isAvailable()) {
            Throwable cause = Epoll.unavailabilityCause();
            throw new UnsupportedOperationException(
                    "port sharing hands connections from process to process, which needs Linux with Netty's native epoll"
                            + " transport (netty-transport-native-epoll for this processor on the class path); it is not"
                            + " available here: " + reason(cause)
                            + ". A port of one's own (portSharingEnabled=false) works without it",
                    cause);
        }
    }

    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
