package dev.nettcp.connection;

import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /** Those that are waited for, the oldest first. */
    private final Set<Channel> waitedFor = Collections.synchronizedSet(new LinkedHashSet<>());

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
     * Waits no longer for those that have been waited for longest: they have been sent their fault, and their descriptors are needed for
     * somebody who has not been served yet. Any thread.
     *
     * @param most how many connections to give up
     * @return how many were given up; 0 if nobody is waited for
     */
    public int giveUpOldest(int most) {
        List<Channel> oldest;
        synchronized (waitedFor) {
            oldest = waitedFor.stream().limit(most).toList();
            oldest.forEach(waitedFor::remove);
        }
        oldest.forEach(Channel::close);
        return oldest.size();
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
        if (drained) {
            waitedFor.add(channel);
        }
        channel.closeFuture().addListener(closed -> {
            drains.decrementAndGet();
            waitedFor.remove(channel);
        });
        DrainHandler handler = new DrainHandler(drainLimits, drained);
        channel.pipeline().addFirst(handler);
        handler.end(channel, lastWords);
    }
}
