package dev.nettcp.sharing;

import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A connected TCP socket that came over a lane. Its addresses are asked of the kernel when they are asked for here.
 *
 * @param descriptor raw, non-blocking, without CLOEXEC
 */
public record PassedSocket(FileDescriptor descriptor) {
    /** Its end on this host. */
    public InetSocketAddress local() {
        return socket().localAddress();
    }

    /** The client's end; empty if the connection was reset meanwhile. */
    public Optional<InetSocketAddress> remote() {
        return Optional.ofNullable(socket().remoteAddress());
    }

    private Socket socket() {
        return descriptor instanceof Socket socket ? socket : new Socket(descriptor.intValue());
    }
}
