package dev.nettcp.sharing.worker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;

/**
 * Shuts a connection down before it is closed. Until the service has closed its copy of the descriptor, closing ours alone
 * would send nothing, and the client would wait.
 */
final class ShutdownFirst extends ChannelOutboundHandlerAdapter {
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        SocketChannel channel = (SocketChannel) context.channel();
        if (channel.isActive()) {
            channel.shutdown().addListener(done -> context.close(promise));
        } else {
            context.close(promise);
        }
    }
}
