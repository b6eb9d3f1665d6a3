package dev.nettcp.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The end of one connection ([MC-NMF] 8.1 in the words of {@link FaultAndClose}): last words out, our direction ended, their bytes thrown
 * away until theirs has ended too. Sits first in the pipeline, so that nobody behind it gets any more bytes.
 */
final class DrainHandler extends ChannelInboundHandlerAdapter {

    private final DrainLimits limits;
    private final boolean awaitPeer;
    private long drained;
    private boolean outputEnded;
    private boolean inputEnded;

    /** @param awaitPeer false to close as soon as the last words are written */
    DrainHandler(DrainLimits limits, boolean awaitPeer) {
        this.limits = limits;
        this.awaitPeer = awaitPeer;
    }

    void end(Channel channel, ByteBuf lastWords) {
        inputEnded = !awaitPeer || ((DuplexChannel) channel).isInputShutdown();
        var deadline = channel.eventLoop()
                .schedule(() -> Connections.abort(channel), limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> deadline.cancel(false));
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.writeAndFlush(lastWords)
                .addListener((ChannelFuture written) -> endOutput(channel, written.isSuccess()));
        channel.config().setAutoRead(!inputEnded);
    }

    private void endOutput(Channel channel, boolean written) {
        if (!written) {
            Connections.abort(channel);
            return;
        }
        ((DuplexChannel) channel).shutdownOutput();
        outputEnded = true;
        closeIfBothEnded(channel);
    }

    private void closeIfBothEnded(Channel channel) {
        if (outputEnded && inputEnded) {
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        drained += ((ByteBuf) message).readableBytes();
        ReferenceCountUtil.release(message);
        if (drained > limits.maxBytes()) {
            Connections.abort(context.channel());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // Nobody behind this handler is interested any more.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            closeIfBothEnded(context.channel());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Connections.abort(context.channel()); // reset by the peer: it has heard enough
    }
}
