package dev.nettcp.benchmarks.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Netty with nothing above it: {@code length(4) bytes}, sent back by the event loop as they are, in order; as many loops as processors, flushes
 * of one round in one go.
 */
class NettyPeer implements Peer {

    private static final int MOST = 16 << 20;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("netty", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

    /** What stands in front of the frames at a server. */
    void secureServer(SocketChannel channel, Path certificates) throws Exception {}

    /** What stands in front of the frames at a client. */
    void secureClient(SocketChannel channel, Path certificates) throws Exception {}

    @Override
    public Server serve(Path certificates) throws Exception {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(serverChannel())
                .option(ChannelOption.SO_BACKLOG, 256)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) throws Exception {
                        secureServer(channel, certificates);
                        channel.pipeline().addLast(new LengthFieldBasedFrameDecoder(MOST, 0, 4), new Echo());
                    }
                });
        Channel listening =
                bootstrap.bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
        return new Server() {
            @Override
            public int port() {
                return ((InetSocketAddress) listening.localAddress()).getPort();
            }

            @Override
            public void close() {
                listening.close();
                loops.shutdownGracefully();
            }
        };
    }

    private static Class<? extends ServerSocketChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            context.write(frame);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public Client connect(Target target, int connections) throws Exception {
        List<Calls> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            open.add(connect(target, new Calls()));
        }
        return new Client() {
            @Override
            public byte[] echo(int caller, byte[] payload) throws Exception {
                return open.get(caller % connections).call(payload);
            }

            @Override
            public void close() {
                open.forEach(calls -> calls.channel().close());
                loops.shutdownGracefully();
            }
        };
    }

    @Override
    public void open(Target target) throws Exception {
        Calls calls = connect(target, new Calls());
        calls.call(new byte[1]);
        calls.channel().close();
    }

    final <T extends ChannelInboundHandlerAdapter> T connect(Target target, T handler) throws InterruptedException {
        new Bootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) throws Exception {
                        secureClient(channel, target.certificates());
                        channel.pipeline()
                                .addLast(
                                        new FlushConsolidationHandler(256, true),
                                        new LengthFieldBasedFrameDecoder(MOST, 0, 4, 0, 4),
                                        handler);
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), target.port())
                .sync();
        return handler;
    }

    /** Answers come in the order of the calls. */
    private static final class Calls extends SimpleChannelInboundHandler<ByteBuf> {
        private final CompletableFuture<Channel> active = new CompletableFuture<>();
        private final Queue<CompletableFuture<byte[]>> waiting = new ArrayDeque<>(); // of the event loop

        Channel channel() {
            return active.join();
        }

        byte[] call(byte[] payload) throws Exception {
            Channel channel = channel();
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            ByteBuf frame = channel.alloc()
                    .directBuffer(Integer.BYTES + payload.length)
                    .writeInt(payload.length)
                    .writeBytes(payload);
            channel.eventLoop().execute(() -> {
                waiting.add(answer);
                channel.writeAndFlush(frame);
            });
            return answer.get();
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            active.complete(context.channel());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) throws IOException {
            CompletableFuture<byte[]> first = waiting.poll();
            if (first == null) {
                throw new IOException("an answer that nobody waits for");
            }
            first.complete(ByteBufUtil.getBytes(frame));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            for (CompletableFuture<byte[]> each : waiting) {
                each.completeExceptionally(new IOException("the connection ended"));
            }
        }
    }
}
