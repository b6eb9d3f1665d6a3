package dev.nettcp.sharing.service.listen;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.FaultAndClose;
import dev.nettcp.framing.FaultPolicy;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.PassedSocket;
import dev.nettcp.sharing.PeerCredentials;
import dev.nettcp.sharing.service.telemetry.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where every connection begins, accepted or given back by a worker: its preamble is read within receiveTimeout, in small
 * reads, as far as the encoding record. The same rules for both: there is no second way in.
 */
public final class Preambles {
    /**
     * One read. A usual preamble fits, and what is read too much must fit into a handover's header, together with the longest
     * preamble of 2315 bytes and what a hang-up makes epoll read unasked.
     */
    static final int READ_BYTES = 512;

    private static final int SACRIFICED_AT_ONCE = 16;

    private final EventLoops loops;
    private final Duration receiveTimeout;
    private final FaultPolicy faultPolicy;
    private final FaultAndClose farewell;
    private final Counters counters;
    private final Arrivals arrivals;
    private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    public Preambles(
            EventLoops loops,
            Duration receiveTimeout,
            FaultPolicy faultPolicy,
            FaultAndClose farewell,
            Counters counters,
            Arrivals arrivals) {
        this.loops = loops;
        this.receiveTimeout = receiveTimeout;
        this.faultPolicy = faultPolicy;
        this.farewell = farewell;
        this.counters = counters;
        this.arrivals = arrivals;
    }

    /** A connection that was just accepted. */
    void begin(EpollSocketChannel channel, Runnable pipelineSlot) {
        InetSocketAddress local = channel.localAddress();
        InetSocketAddress remote = channel.remoteAddress();
        if (local == null || remote == null) { // reset before we got to it
            channel.unsafe().closeForcibly();
            pipelineSlot.run();
            return;
        }
        var addresses = new ConnectionAddresses(local, remote);
        begin(
                new ClientConnection(
                        channel, addresses, Unpooled.buffer(READ_BYTES / 2), Optional.empty(), pipelineSlot),
                channel);
    }

    /** A connection that a worker gave back, with the bytes it read since the preamble began. Any thread. */
    public void beginReturned(HandoverHeader header, PassedSocket socket, PeerCredentials worker) {
        EpollSocketChannel channel = new EpollSocketChannel(socket.descriptor().intValue());
        if (!channel.isActive()) { // reset by its client on the way here: Netty would never call it active nor close it
            channel.unsafe().closeForcibly();
            return;
        }
        ByteBuf bytes =
                Unpooled.buffer(header.bytesRead().readableBytes() + READ_BYTES).writeBytes(header.bytesRead());
        var addresses = new ConnectionAddresses(socket.local(), socket.remote().orElse(header.remote()));
        begin(new ClientConnection(channel, addresses, bytes, Optional.of(worker), () -> {}), channel);
    }

    /**
     * Descriptors have run out: refused clients that have been sent their fault are waited for no longer, a few at a time, the oldest
     * first. Any thread.
     *
     * @return whether there was one
     */
    public boolean sacrificeDrains() {
        return farewell.giveUpOldest(SACRIFICED_AT_ONCE) > 0;
    }

    /** How many connections the service owns, whatever they wait for; those that read their fault included. */
    public int open() {
        return open.size();
    }

    /** Ends them all, whatever they wait for; done when they have ended. */
    public CompletableFuture<Void> closeAll() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        open.close().addListener(done -> closed.complete(null));
        return closed;
    }

    private void begin(ClientConnection connection, EpollSocketChannel channel) {
        open.add(channel);
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1));
        channel.pipeline()
                .addLast(new PreambleHandler(connection, receiveTimeout, faultPolicy, farewell, counters, arrivals));
        loops.group().register(channel).addListener((ChannelFuture registered) -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly(); // the loops are shutting down
                connection.releasePipelineSlot();
            }
        });
    }
}
