package dev.nettcp.sharing.worker;

import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.Connections;
import dev.nettcp.framing.FramingLimits;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.PreambleParser;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverLane;
import dev.nettcp.sharing.HandoverOutcome;
import dev.nettcp.sharing.LaneToken;
import dev.nettcp.sharing.unix.ControlClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives connections back to the service, one at a time, over a lane that is opened when the first is to go. A connection that
 * the service does not take is reset; it is never offered twice. On the event loop of the listener.
 */
final class Returns {
    private static final Logger LOG = LoggerFactory.getLogger(Returns.class);

    private record Waiting(Channel channel, HandoverHeader header) {}

    private final ControlClient client;
    private final EventLoop loop;
    private final SharedPortSettings settings;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private @Nullable LaneToken token;
    private @Nullable HandoverLane lane;
    private boolean busy;

    Returns(ControlClient client, EventLoop loop, SharedPortSettings settings) {
        this.client = client;
        this.loop = loop;
        this.settings = settings;
    }

    /** The registration stands, and lanes may be opened by this token. */
    void open(LaneToken newToken) {
        token = newToken;
    }

    /** The service is away: what waits is reset, what is under way is decided by its lane. */
    void close(String why) {
        token = null;
        if (lane != null) {
            lane.close(why);
            lane = null;
        }
        waiting.forEach(one -> reset(one.channel, why));
        waiting.clear();
    }

    /**
     * Takes over a connection that nobody reads and whose pipeline is stripped; on the connection's event loop. What its event
     * loop may still read before it lets go of the socket belongs to the bytes read.
     */
    void giveBack(AcceptedConnection connection) {
        Channel channel = connection.channel();
        if (channel.pipeline().get(ShutdownFirst.class) != null) {
            channel.pipeline().remove(ShutdownFirst.class);
        }
        Stray stray = new Stray(connection.takePrefix());
        channel.pipeline().addLast(stray);
        channel.deregister().addListener(left -> {
            ByteBuf bytes = stray.bytes();
            if (left.isSuccess() && channel.isOpen() && bytes.readableBytes() <= HandoverHeader.MAX_BYTES_READ) {
                HandoverHeader header = new HandoverHeader(
                        via(bytes),
                        connection.addresses().local(),
                        connection.addresses().remote(),
                        bytes);
                loop.execute(() -> add(new Waiting(channel, header)));
            } else {
                reset(channel, "it cannot be taken from its event loop");
            }
        });
    }

    private void add(Waiting one) {
        waiting.add(one);
        sendNext();
    }

    private void sendNext() {
        if (busy || waiting.isEmpty()) {
            return;
        }
        if (token == null) {
            close("the port sharing service is away");
        } else if (lane == null || !lane.isIdle()) {
            busy = true;
            openLane(token);
        } else {
            busy = true;
            send(lane, waiting.remove());
        }
    }

    private void openLane(LaneToken laneToken) {
        client.openReturnLane(laneToken, settings.laneDeadlines())
                .whenComplete((opened, failure) -> loop.execute(() -> {
                    busy = false;
                    if (failure == null) {
                        lane = opened;
                        sendNext();
                    } else {
                        waiting.forEach(one -> reset(one.channel, String.valueOf(failure.getMessage())));
                        waiting.clear();
                    }
                }));
    }

    private void send(HandoverLane to, Waiting one) {
        to.send(one.header, ((UnixChannel) one.channel).fd(), settings.returnLimit())
                .thenAccept(outcome -> {
                    if (outcome instanceof HandoverOutcome.Taken) {
                        one.channel.close(); // a plain close of our copy: the service owns the connection
                    } else {
                        if (outcome instanceof HandoverOutcome.Failed failed && failed.descriptorSent()) {
                            endForAllCopies(one.channel);
                        }
                        reset(one.channel, outcome.toString());
                    }
                    loop.execute(() -> {
                        busy = false;
                        sendNext();
                    });
                });
    }

    /** Only for the service's log: it reads the preamble itself. */
    private static String via(ByteBuf bytes) {
        Preamble preamble = new PreambleParser(FramingLimits.DEFAULT).read(bytes.duplicate());
        return preamble == null ? "" : preamble.via().toString();
    }

    /** A service that has stopped may have a copy in its queue: as long as it has, closing ours would tell the client nothing. */
    private static void endForAllCopies(Channel channel) {
        try {
            ((Socket) ((UnixChannel) channel).fd()).shutdown();
        } catch (IOException e) {
            LOG.debug("{} had ended already: {}", channel, e.getMessage());
        }
    }

    private static void reset(Channel channel, String why) {
        LOG.debug("{} is not returned to the port sharing service and reset: {}", channel, why);
        Connections.abort(channel);
    }

    /** Gathers what the event loop reads although it was not asked, which epoll does on a hang-up. */
    private static final class Stray extends ChannelInboundHandlerAdapter {
        private final ByteBuf bytes = Unpooled.buffer();

        Stray(ByteBuf prefix) {
            bytes.writeBytes(prefix);
            prefix.release();
        }

        ByteBuf bytes() {
            return bytes;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf more) {
                bytes.writeBytes(more);
            }
            ReferenceCountUtil.release(message);
        }
    }
}
