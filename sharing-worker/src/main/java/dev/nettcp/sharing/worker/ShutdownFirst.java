package dev.nettcp.sharing.worker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shuts a connection down before it is closed. Until the service has closed its copy of the descriptor, closing ours alone
 * would send nothing, and the client would wait. A connection that is aborted (SO_LINGER 0) is not shut down: the client
 * must see a reset and not an orderly end, and it does so when the last copy is closed.
 */
final class ShutdownFirst extends ChannelOutboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownFirst.class);

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        SocketChannel channel = (SocketChannel) context.channel();
        if (channel.isActive()
                && !channel.isOutputShutdown()
                && channel.config().getSoLinger() != 0) {
            sendFin(((UnixChannel) channel).fd());
        }
        context.close(promise);
    }

    /** Not by the channel's own shutdown, which would first make an exception for whatever is still to be written. */
    private static void sendFin(FileDescriptor descriptor) {
        try {
            ((Socket) descriptor).shutdown(false, true);
        } catch (IOException | NotYetConnectedException e) {
            LOG.trace("nobody is left to be told that the connection ends: {}", e.getMessage());
        }
    }
}
