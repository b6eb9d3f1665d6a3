package dev.nettcp.connection;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends connections in the way that lets the peer learn why: the fault record, at once the end of our direction, then what still arrives is
 * thrown away until the peer ends its direction. A server that just closes, with client bytes unread, resets the connection, and the client
 * may never see the fault; a server that does not end its direction lets a .NET client wait for it until its timeout.
 *
 * <p>Nothing waits for this: whoever calls is done with the connection. Each drain is bounded in bytes and time and all together in number.
 * One instance serves all connections of a server.
 */
public final class FaultAndClose {

    /** How many connections one server drains at the same time, unless it is told otherwise. */
    public static final int DEFAULT_MAX_DRAINS = 1024;

    private final DrainLimits limits;
    private final int maxDrains;
    private final AtomicInteger drains = new AtomicInteger();

    /** @param maxDrains how many connections are drained at the same time; further ones are closed right after the fault */
    public FaultAndClose(DrainLimits limits, int maxDrains) {
        this.limits = limits;
        this.maxDrains = maxDrains;
    }

    public DrainLimits limits() {
        return limits;
    }

    /** Connections being drained now. */
    public int drains() {
        return drains.get();
    }

    /**
     * Sends the fault through the channel's pipeline, so inside the secured stream if there is one, and closes within this instance's limits.
     * Called on the channel's event loop; its handlers get no more inbound bytes, and its close future tells
     * when all is over.
     */
    public void refuse(Channel channel, FaultCode fault) {
        refuse(channel, fault, limits);
    }

    /** As {@link #refuse(Channel, FaultCode)}, within limits of its own: what is left of a running timeout, fewer bytes before the via. */
    public void refuse(Channel channel, FaultCode fault, DrainLimits drainLimits) {
        ByteBuf record = channel.alloc().buffer(128);
        FramingEncoder.encode(new FramingRecord.Fault(fault), record);
        endWith(channel, record, drainLimits);
    }

    /** Ends our direction, awaits that the peer ends its own without sending anything more, and closes; a peer that sends is reset. */
    public void closeGracefully(Channel channel) {
        endWith(channel, Unpooled.EMPTY_BUFFER, limits.withMaxBytes(0));
    }

    private void endWith(Channel channel, ByteBuf lastWords, DrainLimits drainLimits) {
        boolean drained = drains.incrementAndGet() <= maxDrains;
        channel.closeFuture().addListener(closed -> drains.decrementAndGet());
        DrainHandler handler = new DrainHandler(drainLimits, drained);
        channel.pipeline().addFirst(handler);
        handler.end(channel, lastWords);
    }
}
