package dev.nettcp.sharing.service.listen;

import static dev.nettcp.sharing.service.telemetry.LogCode.ACCEPT_CONTINUED;
import static dev.nettcp.sharing.service.telemetry.LogCode.ACCEPT_PAUSED;
import static dev.nettcp.sharing.service.telemetry.LogCode.PENDING_LIMIT;

import dev.nettcp.sharing.service.config.AcceptSettings;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accept loop of one listening socket. It accepts only while fewer than maxPendingConnections are between accept and
 * routing, at most maxPendingAccepts in one go; beyond that they wait in the kernel and nothing is dropped. At the
 * limit of descriptors, refused clients that keep theirs open are given up first; then it pauses until there is a spare one again.
 *
 * <p>It is an {@link EpollIoHandle} and no channel of Netty's, and so are the connections it accepts: most of them are only passed
 * on, and a channel for each, with its options, its registration and its end, costs twice what everything else about them does.
 */
final class AcceptLoop implements EpollIoHandle {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptLoop.class);

    private static final long PAUSE_MILLIS = 100;

    /** What it takes to close the connections that were given up. */
    private static final long SHORT_PAUSE_MILLIS = 2;

    /** Pauses may follow each other quickly, and nobody reads them all. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What Netty writes of a client's address: its length, 16 bytes of IPv6, 4 of its scope, 4 of the port. */
    private static final int ADDRESS_BYTES = 1 + 16 + 4 + 4;

    private final Socket socket;
    private final InetSocketAddress address;
    private final IoEventLoop loop;
    private final AcceptSettings limits;
    private final DescriptorReserve reserve;
    private final Preambles preambles;
    private final Counters counters;
    private final byte[] client = new byte[ADDRESS_BYTES];
    private @Nullable IoRegistration registration;
    private int pending;
    private boolean listening;
    private boolean paused;
    private boolean pauseLogged;
    private long lastLogged = System.nanoTime() - QUIET_NANOS;

    AcceptLoop(
            Socket socket,
            InetSocketAddress address,
            IoEventLoop loop,
            AcceptSettings limits,
            DescriptorReserve reserve,
            Preambles preambles,
            Counters counters) {
        this.socket = socket;
        this.address = address;
        this.loop = loop;
        this.limits = limits;
        this.reserve = reserve;
        this.preambles = preambles;
        this.counters = counters;
    }

    /** The socket listens, and its event loop knows it. */
    void begin(IoRegistration registered) {
        registration = registered;
        listenIfWanted();
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
        if (!reserve.isHeld()) {
            pause("the descriptor in reserve has been used");
            return;
        }
        try {
            for (int left = limits.maxPendingAccepts(); left > 0 && wantsMore(); left--) {
                int accepted = socket.accept(client);
                if (accepted < 0) {
                    return;
                }
                begin(accepted, NativeInetAddress.address(client, 1, client[0]));
            }
        } catch (IOException e) { // there is no descriptor for the new connection; it stays in the kernel
            reserve.giveUp();
            pause(String.valueOf(e.getMessage()));
        }
    }

    private void begin(int accepted, InetSocketAddress remote) {
        counters.count(Counter.CONNECTIONS_ACCEPTED);
        pending++;
        if (pending == limits.maxPendingConnections()) {
            LOG.debug(
                    "{} {}: maxPendingConnections={} are between accept and routing", PENDING_LIMIT, address, pending);
        }
        preambles.begin(new Socket(accepted), remote, loop, this::released);
    }

    private void released() {
        if (loop.inEventLoop()) {
            pending--;
            listenIfWanted();
        } else {
            loop.execute(this::released);
        }
    }

    private boolean wantsMore() {
        boolean wants = socket.isOpen() && !paused && pending < limits.maxPendingConnections();
        if (!wants) {
            listenIfWanted();
        }
        return wants;
    }

    /** Tells the kernel whether we want to hear of clients; only what has changed. */
    private void listenIfWanted() {
        boolean wanted = socket.isOpen() && !paused && pending < limits.maxPendingConnections();
        if (wanted != listening && registration != null && registration.isValid()) {
            listening = wanted;
            registration.submit(wanted ? EpollIoOps.EPOLLIN : EpollIoOps.NONE);
        }
    }

    private void pause(String why) {
        paused = true;
        listenIfWanted();
        counters.count(Counter.ACCEPT_PAUSES);
        pauseLogged = System.nanoTime() - lastLogged >= QUIET_NANOS;
        if (pauseLogged) {
            lastLogged = System.nanoTime();
            LOG.warn(
                    "{} accepting on {} pauses: {}. Raise the limit of open files (LimitNOFILE=, ulimit -n) if descriptors have"
                            + " run out.",
                    ACCEPT_PAUSED,
                    address,
                    why);
        }
        continueLater();
    }

    private void continueLater() {
        long pause = preambles.sacrificeDrains() ? SHORT_PAUSE_MILLIS : PAUSE_MILLIS;
        loop.schedule(this::continueIfSpared, pause, TimeUnit.MILLISECONDS);
    }

    private void continueIfSpared() {
        if (!socket.isOpen()) {
            return;
        }
        if (!reserve.restore()) {
            continueLater();
            return;
        }
        paused = false;
        if (pauseLogged) {
            LOG.info("{} accepting on {} goes on", ACCEPT_CONTINUED, address);
        }
        listenIfWanted();
    }

    /** Accepts nothing more. On its event loop, which calls this when it ends itself. */
    @Override
    public void close() throws IOException {
        if (registration != null) {
            registration.cancel();
        }
        socket.close();
    }
}
