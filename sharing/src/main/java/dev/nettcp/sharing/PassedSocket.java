package dev.nettcp.sharing;

import io.netty.channel.unix.FileDescriptor;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A connected TCP socket that came over a lane, as the kernel knows it.
 *
 * @param descriptor raw, non-blocking, without CLOEXEC
 * @param local its end on this host
 * @param remote the client's end; empty if the connection was reset meanwhile
 */
public record PassedSocket(FileDescriptor descriptor, InetSocketAddress local, Optional<InetSocketAddress> remote) {}
