package dev.nettcp.sharing.service.listen;

import static dev.nettcp.sharing.service.telemetry.LogCode.ACCEPT_CONTINUED;
import static dev.nettcp.sharing.service.telemetry.LogCode.ACCEPT_PAUSED;
import static dev.nettcp.sharing.service.telemetry.LogCode.PENDING_LIMIT;

import dev.nettcp.connection.AcceptBatch;
import dev.nettcp.sharing.service.config.AcceptSettings;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accept loop of one listening socket. It asks for connections only while fewer than maxPendingConnections are between
 * accept and routing, for at most maxPendingAccepts at a time; beyond that they wait in the kernel and nothing is dropped. At the
 * limit of descriptors, refused clients that keep theirs open are given up first; then it pauses until there is a spare one again.
 */
final class AcceptHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptHandler.class);

    private static final long PAUSE_MILLIS = 100;

    /** What it takes to close the connections that were given up. */
    private static final long SHORT_PAUSE_MILLIS = 2;

    /** Pauses may follow each other quickly, and nobody reads them all. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AcceptSettings limits;
    private final DescriptorReserve reserve;
    private final Preambles preambles;
    private final Counters counters;
    private final AcceptBatch batch = new AcceptBatch();
    private int pending;
    private boolean accepting;
    private boolean paused;
    private boolean pauseLogged;
    private long lastLogged = System.nanoTime() - QUIET_NANOS;

    AcceptHandler(AcceptSettings limits, DescriptorReserve reserve, Preambles preambles, Counters counters) {
        this.limits = limits;
        this.reserve = reserve;
        this.preambles = preambles;
        this.counters = counters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setRecvByteBufAllocator(batch);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        acceptMore(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        counters.count(Counter.CONNECTIONS_ACCEPTED);
        pending++;
        if (pending == limits.maxPendingConnections()) {
            LOG.debug(
                    "{} {}: maxPendingConnections={} are between accept and routing",
                    PENDING_LIMIT,
                    context.channel().localAddress(),
                    pending);
        }
        preambles.begin((EpollSocketChannel) message, () -> context.executor().execute(() -> released(context)));
    }

    /** Asks at once, so that the interest in the socket stays as it is; when accepting failed, the exception comes next and calls it back. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        accepting = false;
        acceptMore(context);
    }

    private void released(ChannelHandlerContext context) {
        pending--;
        acceptMore(context);
    }

    private void acceptMore(ChannelHandlerContext context) {
        int room = limits.maxPendingConnections() - pending;
        if (accepting || paused || room <= 0 || !context.channel().isActive()) {
            return;
        }
        if (!reserve.isHeld()) {
            pause(context, "the descriptor in reserve has been used");
            return;
        }
        accepting = true;
        batch.atMost(Math.min(room, limits.maxPendingAccepts()));
        context.read();
    }

    /** Accepting failed, which it does when there is no descriptor for the new connection; it stays in the kernel. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        stopAsking(context);
        accepting = false;
        reserve.giveUp();
        if (!paused) {
            pause(context, String.valueOf(cause.getMessage()));
        }
    }

    /** After a failed accept Netty still takes the read for pending, and would try again and again, or use up the reserve. */
    private static void stopAsking(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(true);
        context.channel().config().setAutoRead(false);
    }

    private void pause(ChannelHandlerContext context, String why) {
        paused = true;
        counters.count(Counter.ACCEPT_PAUSES);
        pauseLogged = System.nanoTime() - lastLogged >= QUIET_NANOS;
        if (pauseLogged) {
            lastLogged = System.nanoTime();
            LOG.warn(
                    "{} accepting on {} pauses: {}. Raise the limit of open files (LimitNOFILE=, ulimit -n) if descriptors have"
                            + " run out.",
                    ACCEPT_PAUSED,
                    context.channel().localAddress(),
                    why);
        }
        continueLater(context);
    }

    private void continueLater(ChannelHandlerContext context) {
        long pause = preambles.sacrificeDrains() ? SHORT_PAUSE_MILLIS : PAUSE_MILLIS;
        loopAfterPause(context, pause, () -> {
            if (!reserve.restore()) {
                continueLater(context);
                return;
            }
            paused = false;
            if (pauseLogged) {
                LOG.info(
                        "{} accepting on {} goes on",
                        ACCEPT_CONTINUED,
                        context.channel().localAddress());
            }
            acceptMore(context);
        });
    }

    private static void loopAfterPause(ChannelHandlerContext context, long pauseMillis, Runnable task) {
        if (context.channel().isActive()) {
            context.executor().schedule(task, pauseMillis, TimeUnit.MILLISECONDS);
        }
    }
}
