package dev.nettcp.connection;

import dev.nettcp.connection.ListenException.Reason;
import dev.nettcp.framing.via.BaseAddress;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the kernel refused a listening socket: told from its error number with epoll, from the JDK's text with NIO. */
enum BindFailure {
    ADDRESS_IN_USE(98, "already in use"),
    PERMISSION_DENIED(13, "permission denied"),
    ADDRESS_NOT_AVAILABLE(99, "assign requested address"),
    OTHER(0, "");

    private final int linuxError;
    private final String jdkText;

    BindFailure(int linuxError, String jdkText) {
        this.linuxError = linuxError;
        this.jdkText = jdkText;
    }

    static BindFailure of(@Nullable Throwable cause) {
        for (BindFailure failure : values()) {
            if (failure.matches(cause)) {
                return failure;
            }
        }
        return OTHER;
    }

    private boolean matches(@Nullable Throwable cause) {
        if (cause instanceof NativeIoException nativeFailure) {
            return -nativeFailure.expectedErr() == linuxError;
        }
        return cause instanceof BindException bindFailure
                && bindFailure.getMessage() != null
                && bindFailure.getMessage().toLowerCase(Locale.ROOT).contains(jdkText);
    }

    /**
     * What the caller of {@code open} gets to read: what stands in the way, and the remedy.
     *
     * @param holder the address of this process that has the port
     */
    ListenException toException(
            BaseAddress base, InetSocketAddress address, Optional<BaseAddress> holder, @Nullable Throwable cause) {
        String refused = "Cannot listen on %s for %s: ".formatted(ConnectionAddresses.text(address), base);
        return switch (this) {
            case ADDRESS_IN_USE ->
                new AddressInUseException(
                        refused
                                + holder.map(own -> heldByThisProcess(own, address.getPort()))
                                        .orElseGet(() -> heldByAnother(address.getPort())),
                        cause);
            case PERMISSION_DENIED ->
                new ListenException(
                        Reason.PERMISSION_DENIED,
                        refused
                                + "this account may not use port %d. Choose a port from 1024 up, or give the process the capability CAP_NET_BIND_SERVICE."
                                        .formatted(address.getPort()),
                        cause);
            case ADDRESS_NOT_AVAILABLE ->
                new ListenException(
                        Reason.ADDRESS_NOT_AVAILABLE,
                        refused
                                + "this host has no such address. \"ip addr\" shows those it has; a name instead of an IP literal stands for all of them.",
                        cause);
            case OTHER ->
                new ListenException(
                        Reason.OTHER,
                        refused + (cause == null ? "for an unknown reason." : SocketFailure.text(cause) + "."),
                        cause);
        };
    }

    private static String heldByThisProcess(BaseAddress own, int port) {
        return "this process has port %d already, for %s. Open both as endpoints of one NetTcpServer, close the other one first, or choose another port."
                .formatted(port, own);
    }

    private static String heldByAnother(int port) {
        return "another program has port %1$d (\"ss -ltnp 'sport = :%1$d'\" shows which). Stop it, choose another port, or set portSharingEnabled in every worker that is to share the port."
                .formatted(port);
    }
}
