package dev.nettcp.sharing.unix;

import dev.nettcp.sharing.PassedSocket;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at raw descriptors without touching what they stand for, and closes them. */
final class Descriptors {
    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);

    // socket(7) on Linux; the numbers are the same on x86-64 and AArch64
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_PROTOCOL = 38;
    private static final int IPPROTO_TCP = 6;

    /** Free descriptors that a process which was at its limit a moment ago hardly has. */
    private static final int MANY = 32;

    private Descriptors() {}

    /**
     * Whether this process is at its limit of open descriptors, or so near that it may just have been. The kernel says the same of a
     * descriptor lost at the limit and of three that came at once: in doubt it was the limit, which costs one connection, and not the lane.
     */
    static boolean areScarce() {
        List<FileDescriptor> probes = new ArrayList<>(MANY);
        try {
            for (int i = 0; i < MANY; i++) {
                probes.add(FileDescriptor.from("/dev/null"));
            }
            return false;
        } catch (IOException atTheLimit) {
            return true;
        } finally {
            probes.forEach(Descriptors::close);
        }
    }

    /**
     * What the kernel says about a descriptor that came over a lane.
     *
     * @throws IOException if it is anything but a connection of TCP; the message says what it is instead
     */
    static PassedSocket inspect(FileDescriptor descriptor) throws IOException {
        try {
            Socket socket = new Socket(descriptor.intValue());
            if (socket.getIntOpt(SOL_SOCKET, SO_PROTOCOL) != IPPROTO_TCP) {
                throw new IOException("the descriptor that came is a socket, but not one of TCP");
            }
            if (socket.getIntOpt(SOL_SOCKET, SO_ACCEPTCONN) != 0) {
                throw new IOException("the descriptor that came is a listening socket");
            }
            return new PassedSocket(socket);
        } catch (ChannelException e) {
            throw new IOException("the descriptor that came is no socket: " + e.getMessage(), e);
        }
    }

    /** A plain close: on a connection that others hold too it sends nothing. */
    static void close(FileDescriptor descriptor) {
        try {
            descriptor.close();
        } catch (IOException e) {
            LOG.warn("descriptor {} was not closed: {}", descriptor.intValue(), e.getMessage());
        }
    }

    /** Ends a connection that is ours: the peer sees it even while another process still holds a copy. */
    static void shutDownAndClose(FileDescriptor descriptor) {
        try {
            new Socket(descriptor.intValue()).shutdown();
        } catch (IOException e) {
            LOG.debug("descriptor {} was not shut down: {}", descriptor.intValue(), e.getMessage());
        }
        close(descriptor);
    }
}
