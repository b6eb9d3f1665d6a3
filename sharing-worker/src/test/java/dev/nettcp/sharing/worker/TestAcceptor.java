package dev.nettcp.sharing.worker;

import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.ConnectionAcceptor;
import dev.nettcp.framing.via.ViaUri;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Has as many places as a test wants, and keeps what arrives; what arrives later on a connection is echoed. */
final class TestAcceptor implements ConnectionAcceptor {
    final BlockingQueue<AcceptedConnection> accepted = new LinkedBlockingQueue<>();
    final Set<ViaUri> endpoints = ConcurrentHashMap.newKeySet();
    final AtomicInteger free = new AtomicInteger(1000);
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();

    @Override
    public Optional<Place> reserve() {
        if (free.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            return Optional.empty();
        }
        return Optional.of(new Place() {
            @Override
            public void accept(AcceptedConnection connection) {
                connection.channel().pipeline().addLast(new Echo());
                accepted.add(connection);
                free.incrementAndGet();
            }

            @Override
            public void release() {
                free.incrementAndGet();
            }
        });
    }

    @Override
    public void whenRoom(Runnable action) {
        if (free.get() > 0) {
            action.run();
        } else {
            waiting.add(action);
        }
    }

    @Override
    public boolean serves(ViaUri via, InetAddress arrivedAt) {
        return endpoints.contains(via);
    }

    void makeRoom() throws InterruptedException {
        Runnable first = Tcp.next(waiting);
        free.incrementAndGet();
        first.run();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf) {
                context.writeAndFlush(message);
            } else {
                ReferenceCountUtil.release(message);
            }
        }
    }
}
