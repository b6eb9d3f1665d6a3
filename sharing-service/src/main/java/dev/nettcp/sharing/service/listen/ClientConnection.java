package dev.nettcp.sharing.service.listen;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.FaultAndClose;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.Preamble;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.PeerCredentials;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection while the service owns it: a bare socket, and a channel of Netty's only when it is refused. First it belongs
 * to its event loop; once it is parked, which is when
 * nothing reads from it any more, to whoever parked it. Everything that was read is kept from the first byte on: whoever takes
 * the connection begins there.
 */
public final class ClientConnection {
    /** What a look at the socket says about its client. */
    public enum ClientState {
        CONNECTED,
        /** Its side has ended. It may have gone, or have said all it had to say. */
        HALF_CLOSED,
        /** The connection was reset. */
        GONE
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    /**
     * One read. A usual preamble fits, and what is read too much must fit into a handover's header, together with the longest
     * preamble of 2315 bytes.
     */
    static final int READ_BYTES = 512;

    private static final FastThreadLocal<ByteBuffer> BUFFER = new FastThreadLocal<>() {
        @Override
        protected ByteBuffer initialValue() {
            return ByteBuffer.allocateDirect(READ_BYTES);
        }
    };

    // getsockopt(IPPROTO_TCP, TCP_INFO): the first byte is the state
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;

    private static final int TCP_ESTABLISHED = 1;
    private static final int TCP_CLOSE = 7;

    private final IoEventLoop loop;
    private final ConnectionAddresses addresses;
    private final Optional<PeerCredentials> returnedBy;
    private final ByteBuf bytesRead;
    private final Consumer<ClientConnection> onEnd;
    private Socket socket;
    private @Nullable EpollSocketChannel channel;
    private @Nullable Preamble preamble;
    private Runnable pipelineSlot;

    /**
     * @param loop where its preamble is read and its fault is told
     * @param bytesRead grows on the heap, unpooled: nobody has to release it
     * @param returnedBy the worker that gave it back; empty: a client opened it
     * @param pipelineSlot gives its place between accept and routing back
     * @param onEnd told when the service has it no longer
     */
    ClientConnection(
            Socket socket,
            IoEventLoop loop,
            ConnectionAddresses addresses,
            ByteBuf bytesRead,
            Optional<PeerCredentials> returnedBy,
            Runnable pipelineSlot,
            Consumer<ClientConnection> onEnd) {
        this.socket = socket;
        this.loop = loop;
        this.addresses = addresses;
        this.bytesRead = bytesRead;
        this.returnedBy = returnedBy;
        this.pipelineSlot = pipelineSlot;
        this.onEnd = onEnd;
    }

    public ConnectionAddresses addresses() {
        return addresses;
    }

    public Optional<PeerCredentials> returnedBy() {
        return returnedBy;
    }

    /** What the client wants; known to everybody but the reader of the preamble. */
    public Preamble preamble() {
        if (preamble == null) {
            throw new IllegalStateException(this + " has not said yet where it wants to go");
        }
        return preamble;
    }

    void preamble(Preamble read) {
        preamble = read;
    }

    // ---- while its preamble is read --------------------------------------------------------------------------------

    IoEventLoop loop() {
        return loop;
    }

    ByteBuf bytesRead() {
        return bytesRead;
    }

    /** One read, of what is there: how many bytes it brought; negative: the client has ended its side. */
    int read() throws IOException {
        ByteBuffer buffer = BUFFER.get().clear();
        int read = socket.recv(buffer, 0, READ_BYTES);
        if (read > 0) {
            bytesRead.writeBytes(buffer.limit(read));
        }
        return read;
    }

    /** Gives its place between accept and routing to the next connection; further calls do nothing. Any thread that owns it. */
    public void releasePipelineSlot() {
        Runnable release = pipelineSlot;
        pipelineSlot = () -> {};
        release.run();
    }

    // ---- parked ----------------------------------------------------------------------------------------------------

    /** Nothing is read from it any more; the task runs on the given thread and owns the connection. */
    public void park(EventExecutor owner, Runnable task) {
        if (owner.inEventLoop()) {
            task.run();
        } else {
            owner.execute(task);
        }
    }

    /** What goes ahead of it to a worker. */
    public HandoverHeader header() {
        return new HandoverHeader(
                preamble().via().toString(),
                addresses.local(),
                addresses.remote(),
                bytesRead.slice(0, bytesRead.writerIndex()));
    }

    public FileDescriptor descriptor() {
        return socket;
    }

    /** Asks the kernel without reading a byte. */
    public ClientState look() {
        ByteBuffer info = ByteBuffer.allocate(Long.BYTES);
        try {
            if (!socket.isOpen()) {
                return ClientState.GONE;
            }
            socket.getRawOpt(IPPROTO_TCP, TCP_INFO, info);
        } catch (IOException e) {
            LOG.debug("{} cannot be looked at: {}", this, e.getMessage());
            return ClientState.GONE;
        }
        int state = info.get(0);
        if (state == TCP_ESTABLISHED) {
            return ClientState.CONNECTED;
        }
        return state == TCP_CLOSE ? ClientState.GONE : ClientState.HALF_CLOSED;
    }

    /**
     * A worker owns it now. Only our copy of the descriptor is closed, by a plain close: a shutdown would be the worker's too.
     */
    public void taken() {
        close();
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /** Tells the client why, and ends the connection within the limits of drains. */
    public void refuse(FaultAndClose farewell, FaultCode fault) {
        releasePipelineSlot();
        if (loop.inEventLoop()) {
            refuseOnLoop(farewell, fault);
        } else {
            loop.execute(() -> refuseOnLoop(farewell, fault));
        }
    }

    private void refuseOnLoop(FaultAndClose farewell, FaultCode fault) {
        if (!socket.isOpen()) {
            return;
        }
        EpollSocketChannel told = asChannel();
        if (!told.isActive()) { // reset by its client: Netty would never call it active nor close it
            dropped(told);
            return;
        }
        EventLoop carrier = loop;
        carrier.register(told).addListener((ChannelFuture registered) -> {
            if (registered.isSuccess()) {
                farewell.refuse(told, fault);
            } else {
                dropped(told); // the loop is shutting down
            }
        });
    }

    private void dropped(EpollSocketChannel unregistered) {
        unregistered.unsafe().closeForcibly();
        onEnd.accept(this);
    }

    /** What ends slowly is one of Netty's channels until then, and the descriptor belongs to it. */
    private EpollSocketChannel asChannel() {
        var wrapped = new EpollSocketChannel(socket.intValue());
        wrapped.config().setAutoRead(false);
        wrapped.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        wrapped.closeFuture().addListener(closed -> onEnd.accept(this));
        socket = (Socket) wrapped.fd();
        channel = wrapped;
        return wrapped;
    }

    /** Ends it without a word, by a reset. */
    public void abort() {
        releasePipelineSlot();
        try {
            if (socket.isOpen()) {
                socket.setSoLinger(0);
            }
        } catch (IOException e) {
            LOG.debug("{} had ended already: {}", this, e.getMessage());
        }
        close();
    }

    /**
     * Ends it without a word although a worker may still hold a copy: one that was sent it and did not take it may have it in
     * its queue, and closing ours would end nothing.
     */
    public void abortAllCopies() {
        try {
            if (socket.isOpen()) {
                socket.shutdown();
            }
        } catch (IOException e) {
            LOG.debug("{} had ended already: {}", this, e.getMessage());
        }
        abort();
    }

    /** Ends it in an orderly way, unless others hold a copy. Further calls do nothing. */
    void close() {
        releasePipelineSlot();
        close(socket);
        onEnd.accept(this);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a client's socket cannot be closed", e);
        }
    }

    /** The service stops. One whose preamble is still being read ends with its event loop. On the thread that owns it when it is parked. */
    CompletableFuture<Void> end() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        if (channel != null) {
            channel.close().addListener(done -> ended.complete(null));
        } else {
            if (preamble != null) {
                close();
            }
            ended.complete(null);
        }
        return ended;
    }

    @Override
    public String toString() {
        return preamble == null
                ? "connection " + addresses
                : "connection %s for %s".formatted(addresses, preamble.via());
    }
}
