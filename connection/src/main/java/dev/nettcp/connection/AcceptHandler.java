package dev.nettcp.connection;

import dev.nettcp.connection.ConnectionAcceptor.Place;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accept loop of one listening socket. Reads from it, which is to accept, only when the acceptor has room, and then goes on without a
 * pause as long as there is; what comes beyond that (at most maxPendingAccepts) is parked unread until there is room again. When
 * accepting fails, since the process is out of descriptors, it rests for a while instead of spinning.
 */
final class AcceptHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptHandler.class);
    private static final long PAUSE_MILLIS = 500;

    private final EventLoops eventLoops;
    private final ConnectionAcceptor acceptor;
    private final SourceListener listener;
    private final int maxPendingAccepts;
    private final AcceptBatch batch = new AcceptBatch();
    private final Queue<Channel> parked = new ArrayDeque<>();
    private @Nullable Future<?> resumption;

    AcceptHandler(ListenRequest request, ConnectionAcceptor acceptor) {
        this.eventLoops = request.eventLoops();
        this.acceptor = acceptor;
        this.listener = request.listener();
        this.maxPendingAccepts = request.limits().maxPendingAccepts();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setRecvByteBufAllocator(batch);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        continueWhenRoom(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel accepted = (Channel) message;
        Optional<Place> place = parked.isEmpty() ? acceptor.reserve() : Optional.empty();
        if (place.isPresent()) {
            batch.atMost(maxPendingAccepts);
            deliver(accepted, place.get());
        } else {
            batch.atMost(0);
            parked.add(accepted);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (resumption == null) {
            continueWhenRoom(context);
        }
    }

    private void continueWhenRoom(ChannelHandlerContext context) {
        acceptor.whenRoom(() -> {
            if (context.executor().inEventLoop()) {
                continueWithRoom(context);
            } else {
                context.executor().execute(() -> continueWithRoom(context));
            }
        });
    }

    private void continueWithRoom(ChannelHandlerContext context) {
        if (resumption != null || context.isRemoved() || !context.channel().isActive()) {
            return;
        }
        while (!parked.isEmpty()) {
            Optional<Place> place = acceptor.reserve();
            if (place.isEmpty()) {
                continueWhenRoom(context);
                return;
            }
            deliver(parked.remove(), place.get());
        }
        batch.atMost(maxPendingAccepts);
        context.read();
    }

    private void deliver(Channel accepted, Place place) {
        accepted.config().setAutoRead(false);
        accepted.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        accepted.config().setOption(ChannelOption.TCP_NODELAY, true);
        accepted.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        // Registered from its own loop: only then no event of the socket can come before the owner has installed its
        // handlers.
        EventLoop loop = eventLoops.group().next();
        try {
            loop.execute(() -> loop.register(accepted)
                    .addListener((ChannelFuture registered) -> handOver(accepted, place, registered.isSuccess())));
        } catch (RejectedExecutionException loopHasEnded) {
            handOver(accepted, place, false);
        }
    }

    private static void handOver(Channel accepted, Place place, boolean registered) {
        if (registered
                && accepted.localAddress() instanceof InetSocketAddress local
                && accepted.remoteAddress() instanceof InetSocketAddress remote) {
            place.accept(new AcceptedConnection(
                    accepted, Unpooled.EMPTY_BUFFER, new ConnectionAddresses(local, remote), ReusePolicy.KEEP));
        } else {
            accepted.unsafe().closeForcibly(); // reset by the client before we got to it
            place.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (resumption != null) {
            return;
        }
        LOG.warn(
                "Accepting on {} pauses for {} ms: {}. If descriptors have run out, raise the limit of open files (\"ulimit -n\", LimitNOFILE).",
                context.channel().localAddress(),
                PAUSE_MILLIS,
                cause.getMessage());
        listener.onEvent(new SourceEvent.Paused(cause));
        stopReading(context);
        resumption = context.executor().schedule(() -> resume(context), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A read that failed stays pending with epoll, and is tried again and again; only switching auto-read off calls it back. */
    private static void stopReading(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(true);
        context.channel().config().setAutoRead(false);
    }

    private void resume(ChannelHandlerContext context) {
        resumption = null;
        continueWhenRoom(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        parked.forEach(channel -> channel.unsafe().closeForcibly());
        parked.clear();
        if (resumption != null) {
            resumption.cancel(false);
        }
    }
}
