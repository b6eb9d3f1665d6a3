package dev.nettcp.sharing;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * What goes ahead of a connection that changes hands.
 *
 * @param via the destination of the preamble, as the client sent it
 * @param local the end of the connection on this host, as the kernel names it
 * @param remote the client's end
 * @param bytesRead every byte that was read from the connection since its preamble began, in order, the first being the
 *     version record's; may hold more than the preamble, and be empty. A decoded header holds an unpooled heap buffer of
 *     its own that needs no release. A header that is sent keeps its owner: the lane only looks at it, and it must stay
 *     unchanged until the outcome is known.
 */
public record HandoverHeader(String via, InetSocketAddress local, InetSocketAddress remote, ByteBuf bytesRead) {
    /** Longest {@code bytesRead} a header can carry. */
    public static final int MAX_BYTES_READ = 6144;

    /** Names the connection without its bytes, which are a client's data. */
    @Override
    public String toString() {
        return "%s from %s at %s (%d bytes read)".formatted(via, remote, local, bytesRead.readableBytes());
    }
}
