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
import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Socket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where every connection begins, accepted or given back by a worker: its preamble is read within receiveTimeout, in small
 * reads, as far as the encoding record. The same rules for both: there is no second way in.
 */
public final class Preambles {
    private static final int SACRIFICED_AT_ONCE = 16;

    private final EventLoops loops;
    private final Duration receiveTimeout;
    private final FaultPolicy faultPolicy;
    private final FaultAndClose farewell;
    private final Counters counters;
    private final Arrivals arrivals;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();

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

    /** A connection that was just accepted. On its event loop. */
    void begin(Socket socket, InetSocketAddress remote, IoEventLoop loop, Runnable pipelineSlot) {
        InetSocketAddress local = socket.localAddress();
        if (local == null) { // reset before we got to it
            ClientConnection.close(socket);
            pipelineSlot.run();
            return;
        }
        begin(new ClientConnection(
                socket,
                loop,
                new ConnectionAddresses(local, remote),
                Unpooled.buffer(ClientConnection.READ_BYTES / 2),
                Optional.empty(),
                pipelineSlot,
                open::remove));
    }

    /** A connection that a worker gave back, with the bytes it read since the preamble began. Any thread. */
    public void beginReturned(HandoverHeader header, PassedSocket passed, PeerCredentials worker) {
        ByteBuf bytes = Unpooled.buffer(header.bytesRead().readableBytes() + ClientConnection.READ_BYTES)
                .writeBytes(header.bytesRead());
        IoEventLoop loop = (IoEventLoop) loops.group().next();
        ClientConnection connection = new ClientConnection(
                new Socket(passed.descriptor().intValue()),
                loop,
                new ConnectionAddresses(passed.local(), passed.remote().orElse(header.remote())),
                bytes,
                Optional.of(worker),
                () -> {},
                open::remove);
        loop.execute(() -> begin(connection));
    }

    private void begin(ClientConnection connection) {
        open.add(connection);
        new PreambleReader(connection, this).begin();
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
        return CompletableFuture.allOf(open.stream().map(ClientConnection::end).toArray(CompletableFuture[]::new));
    }

    // ---- what the reader of a preamble goes by
    // -----------------------------------------------------------------------

    Duration receiveTimeout() {
        return receiveTimeout;
    }

    FaultPolicy faultPolicy() {
        return faultPolicy;
    }

    FaultAndClose farewell() {
        return farewell;
    }

    Counters counters() {
        return counters;
    }

    Arrivals arrivals() {
        return arrivals;
    }
}
