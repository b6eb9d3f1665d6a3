package dev.nettcp.transport;

import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.ConnectionAcceptor;
import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.ReuseDecision;
import dev.nettcp.connection.ReusePolicy;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a port and an acceptor as a shared port does: reads the first bytes itself and passes them on with the connection, decides
 * about reuse as the test says, and keeps what is given back.
 */
final class SharedPortStub implements ConnectionSource, ReusePolicy {

    final List<String> asked = new CopyOnWriteArrayList<>();
    /** The connection that was passed on last. */
    volatile @Nullable Channel passedOn;

    private final Queue<Returned> returned = new ConcurrentLinkedQueue<>();
    private final ConnectionSource port;
    private final int prefixBytes;
    private final Function<ViaUri, CompletionStage<ReuseDecision>> decisions;

    /** A connection that was given back, as it was at that moment. */
    record Returned(AcceptedConnection connection, String prefix, boolean autoRead, List<String> handlers) {}

    /** @param prefixBytes how many bytes are read before the connection is passed on */
    SharedPortStub(ConnectionSource port, int prefixBytes, Function<ViaUri, CompletionStage<ReuseDecision>> decisions) {
        this.port = port;
        this.prefixBytes = prefixBytes;
        this.decisions = decisions;
    }

    static Function<ViaUri, CompletionStage<ReuseDecision>> always(ReuseDecision decision) {
        return via -> CompletableFuture.completedFuture(decision);
    }

    @Override
    public CompletableFuture<Void> open(ConnectionAcceptor acceptor) {
        return port.open(new ConnectionAcceptor() {
            @Override
            public Optional<Place> reserve() {
                return acceptor.reserve().map(SharedPortStub.this::reading);
            }

            @Override
            public void whenRoom(Runnable action) {
                acceptor.whenRoom(action);
            }
        });
    }

    private ConnectionAcceptor.Place reading(ConnectionAcceptor.Place place) {
        return new ConnectionAcceptor.Place() {
            @Override
            public void accept(AcceptedConnection connection) {
                connection.channel().pipeline().addLast(new PrefixReader(connection, place));
                connection.channel().read();
            }

            @Override
            public void release() {
                place.release();
            }
        };
    }

    @Override
    public CompletableFuture<Void> stop() {
        return port.stop();
    }

    @Override
    public List<InetSocketAddress> localAddresses() {
        return port.localAddresses();
    }

    @Override
    public CompletionStage<ReuseDecision> decide(ViaUri via, ConnectionAddresses addresses) {
        asked.add(via.path());
        return decisions.apply(via);
    }

    @Override
    public void giveBack(AcceptedConnection connection) {
        ByteBuf prefix = connection.takePrefix();
        String hex = ByteBufUtil.hexDump(prefix);
        prefix.release();
        Returned given = new Returned(
                connection,
                hex,
                connection.channel().config().isAutoRead(),
                List.copyOf(connection.channel().pipeline().toMap().keySet()));
        connection.channel().deregister().addListener(deregistered -> returned.add(given));
    }

    Returned awaitsReturn() {
        return Waiting.value("a connection is given back", () -> Optional.ofNullable(returned.poll()));
    }

    /** Collects the prefix. */
    private final class PrefixReader extends ChannelInboundHandlerAdapter {

        private final AcceptedConnection connection;
        private final ConnectionAcceptor.Place place;
        private final ByteBuf prefix = Unpooled.buffer();

        PrefixReader(AcceptedConnection connection, ConnectionAcceptor.Place place) {
            this.connection = connection;
            this.place = place;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            prefix.writeBytes(bytes);
            bytes.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (prefix.readableBytes() < prefixBytes) {
                context.read();
                return;
            }
            context.pipeline().remove(this);
            context.channel().deregister().addListener(gone -> adopt((EpollSocketChannel) context.channel()));
        }

        /** The same socket as a channel that nobody has read from, as when it comes from another process. */
        private void adopt(EpollSocketChannel from) {
            EpollSocketChannel adopted = new EpollSocketChannel(from.fd().intValue());
            adopted.config().setAutoRead(false);
            passedOn = adopted;
            adopted.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            from.eventLoop()
                    .register(adopted)
                    .addListener(registered -> place.accept(
                            new AcceptedConnection(adopted, prefix, connection.addresses(), SharedPortStub.this)));
        }
    }
}
