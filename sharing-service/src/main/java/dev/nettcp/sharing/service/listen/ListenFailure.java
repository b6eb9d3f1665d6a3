package dev.nettcp.sharing.service.listen;

import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A port could not be opened; the message names the address, what the kernel said, and where it is not obvious, what to do. */
public final class ListenFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int EACCES = -13;

    ListenFailure(InetSocketAddress address, Throwable cause) {
        super("cannot listen on %s: %s".formatted(NetUtil.toSocketAddressString(address), reason(cause)), cause);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof NativeIoException failure && failure.expectedErr() == EACCES) {
            return "the service's user may not open this port; give the service the capability CAP_NET_BIND_SERVICE"
                    + " (AmbientCapabilities= of its unit), lower the host's net.ipv4.ip_unprivileged_port_start, or choose a port"
                    + " from 1024 on";
        }
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
