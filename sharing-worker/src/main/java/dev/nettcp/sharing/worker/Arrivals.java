package dev.nettcp.sharing.worker;

import dev.nettcp.connection.AcceptedConnection;
import dev.nettcp.connection.ConnectionAcceptor;
import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.EventLoops;
import dev.nettcp.connection.ReusePolicy;
import dev.nettcp.sharing.DeclineReason;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.HandoverReceiver;
import dev.nettcp.sharing.Objection;
import dev.nettcp.sharing.PassedSocket;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * Brings the connections that the service hands over to the acceptor. A place is taken before the service is told that it may
 * send the descriptor; the channel is built only when the connection is ours, since building it already sets an option of the
 * socket, and registering it lets epoll read on a hang-up.
 */
final class Arrivals implements HandoverReceiver {
    private final ConnectionAcceptor acceptor;
    private final EventLoops eventLoops;
    private final ReusePolicy reusePolicy;
    private final Consumer<String> distrust;
    private final DescriptorLimitLog limitLog;
    private final long loops;
    private volatile boolean spread;
    private volatile boolean stopped;

    Arrivals(
            ConnectionAcceptor acceptor,
            EventLoops eventLoops,
            ReusePolicy reusePolicy,
            Consumer<String> distrust,
            DescriptorLimitLog limitLog) {
        this.acceptor = acceptor;
        this.eventLoops = eventLoops;
        this.reusePolicy = reusePolicy;
        this.distrust = distrust;
        this.limitLog = limitLog;
        this.loops =
                StreamSupport.stream(eventLoops.group().spliterator(), false).count();
    }

    /**
     * From now on nothing is taken, not even for a place that was kept: what the service still offers goes to the next who serves the
     * address, instead of being taken by a worker that is about to end it.
     */
    void stop() {
        stopped = true;
    }

    @Override
    public Optional<Place> reserve(HandoverHeader header) {
        return stopped ? Optional.empty() : acceptor.reserve().map(Seat::new);
    }

    @Override
    public Optional<Place> reserveAhead() {
        return stopped ? Optional.empty() : acceptor.reserveAhead().map(Seat::new);
    }

    /** After the stop there never is any: the lane that waits ends with the registration. */
    @Override
    public void whenRoom(Runnable task) {
        if (!stopped) {
            acceptor.whenRoom(task);
        }
    }

    @Override
    public void untrusted(String why) {
        distrust.accept(why);
    }

    @Override
    public void descriptorLost() {
        limitLog.connectionLost();
    }

    /** Told before they open how many lanes there are. */
    void lanes(int count) {
        spread = count < loops;
    }

    /**
     * A connection stays on the loop of the lane over which it came, which saves waking another; unless there are loops without a lane,
     * which would then have nothing to do.
     */
    private EventLoop loop() {
        for (EventExecutor loop : eventLoops.group()) {
            if (!spread && loop.inEventLoop()) {
                return (EventLoop) loop;
            }
        }
        return eventLoops.group().next();
    }

    private final class Seat implements Place {
        private final ConnectionAcceptor.Place place;

        private Seat(ConnectionAcceptor.Place place) {
            this.place = place;
        }

        @Override
        public Optional<Objection> objection(HandoverHeader header, PassedSocket socket) {
            return stopped
                    ? Optional.of(new Objection(DeclineReason.CLOSING, "the worker is closing"))
                    : Optional.empty();
        }

        @Override
        public void release() {
            place.release();
        }

        @Override
        public void adopt(HandoverHeader header, PassedSocket socket) {
            HandoverFlight flight = new HandoverFlight();
            flight.begin();
            EpollSocketChannel channel =
                    new EpollSocketChannel(socket.descriptor().intValue());
            if (!channel
                    .isActive()) { // reset by its client on the way here: Netty would never call it active nor close it
                place.release();
                channel.unsafe().closeForcibly();
                return;
            }
            channel.config().setAutoRead(false);
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            channel.config().setKeepAlive(true); // as on a port of one's own; TCP_NODELAY is Netty's default
            channel.pipeline().addLast(new ShutdownFirst());
            EventLoop loop = loop();
            if (loop.inEventLoop()) {
                register(channel, loop, header, flight);
                return;
            }
            try {
                loop.execute(() -> register(channel, loop, header, flight));
            } catch (RejectedExecutionException loopHasEnded) {
                drop(channel);
            }
        }

        /** On that loop: only then the acceptor has installed its handlers before anything can be read that nobody would see. */
        private void register(
                EpollSocketChannel channel, EventLoop loop, HandoverHeader header, HandoverFlight flight) {
            loop.register(channel).addListener(registered -> {
                if (registered.isSuccess()) {
                    ConnectionAddresses addresses = new ConnectionAddresses(header.local(), header.remote());
                    flight.commit(header);
                    place.accept(new AcceptedConnection(channel, header.bytesRead(), addresses, reusePolicy));
                } else {
                    drop(channel);
                }
            });
        }

        private void drop(EpollSocketChannel channel) {
            place.release();
            channel.shutdown();
            channel.unsafe().closeForcibly();
        }
    }
}
