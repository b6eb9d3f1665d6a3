package dev.nettcp.transport;

import dev.nettcp.framing.via.ViaUri;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An upgrade for tests: the client says hello with one byte, the server answers with another, and then every byte of both directions is
 * inverted.
 */
final class Scrambling implements StreamUpgrade {

    static final byte HELLO = 0x48;
    static final byte WELCOME = 0x57;

    private final String protocol;

    Scrambling(String protocol) {
        this.protocol = protocol;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public Secured start(Channel channel, Side side, ViaUri via) {
        Handler handler = new Handler(protocol, channel, side);
        channel.pipeline().addFirst(handler);
        return handler;
    }

    /** Inverts the bytes of the buffer in place. */
    static ByteBuf invert(ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
            bytes.setByte(i, ~bytes.getByte(i));
        }
        return bytes;
    }

    private static final class Handler extends ChannelDuplexHandler implements Secured {

        private final String protocol;
        private final Channel channel;
        private final Side side;
        private final CompletableFuture<RemoteSecurity> handshake = new CompletableFuture<>();

        Handler(String protocol, Channel channel, Side side) {
            this.protocol = protocol;
            this.channel = channel;
            this.side = side;
        }

        @Override
        public CompletionStage<RemoteSecurity> handshake() {
            return handshake;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            if (side == Side.CLIENT) {
                context.writeAndFlush(context.alloc().buffer(1).writeByte(HELLO));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (!handshake.isDone() && bytes.isReadable()) {
                greet(context, bytes.readByte());
            }
            if (bytes.isReadable()) {
                context.fireChannelRead(invert(bytes));
            } else {
                bytes.release();
            }
        }

        private void greet(ChannelHandlerContext context, byte greeting) {
            if (greeting != (side == Side.SERVER ? HELLO : WELCOME)) {
                handshake.completeExceptionally(new IllegalArgumentException("no greeting"));
                return;
            }
            if (side == Side.SERVER) {
                context.writeAndFlush(context.alloc().buffer(1).writeByte(WELCOME));
            }
            handshake.complete(new RemoteSecurity(protocol, "inverted", List.of()));
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf plain = (ByteBuf) message;
            ByteBuf scrambled = context.alloc().buffer(Math.max(1, plain.readableBytes()));
            scrambled.writeBytes(plain);
            plain.release();
            context.write(invert(scrambled), promise);
        }

        @Override
        public void inputEnded() {
            // every byte is a record of its own
        }

        @Override
        public void remove() {
            channel.pipeline().remove(this);
        }
    }
}
