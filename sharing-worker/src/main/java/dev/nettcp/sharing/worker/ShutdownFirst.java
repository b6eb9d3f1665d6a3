package dev.nettcp.sharing.worker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;

/**
 * Shuts a connection down before it is closed. Until the service has closed its copy of the descriptor, closing ours alone
 * would send nothing, and the client would wait. A connection that is aborted (SO_LINGER 0) is not shut down: the client
 * must see a reset and not an orderly end, and it does so when the last copy is closed.
 */
final class ShutdownFirst extends ChannelOutboundHandlerAdapter {
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        SocketChannel channel = (SocketChannel) context.channel();
        if (channel.isActive() && channel.config().getSoLinger() != 0) {
            channel.shutdown().addListener(done -> context.close(promise));
        } else {
            context.close(promise);
        }
    }
}
