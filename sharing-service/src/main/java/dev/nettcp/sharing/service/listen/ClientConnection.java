package dev.nettcp.sharing.service.listen;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.connection.Connections;
import dev.nettcp.connection.FaultAndClose;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.Preamble;
import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.PeerCredentials;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection while the service owns it. First it belongs to its event loop; once it is parked, which is when
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

    private static final int TCP_ESTABLISHED = 1;
    private static final int TCP_CLOSE = 7;

    private final EpollSocketChannel channel;
    private final ConnectionAddresses addresses;
    private final Optional<PeerCredentials> returnedBy;
    private final ByteBuf bytesRead;
    private @Nullable Preamble preamble;
    private Runnable pipelineSlot;

    /**
     * @param bytesRead grows on the heap, unpooled: nobody has to release it
     * @param returnedBy the worker that gave it back; empty: a client opened it
     * @param pipelineSlot gives its place between accept and routing back
     */
    ClientConnection(
            EpollSocketChannel channel,
            ConnectionAddresses addresses,
            ByteBuf bytesRead,
            Optional<PeerCredentials> returnedBy,
            Runnable pipelineSlot) {
        this.channel = channel;
        this.addresses = addresses;
        this.bytesRead = bytesRead;
        this.returnedBy = returnedBy;
        this.pipelineSlot = pipelineSlot;
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

    ByteBuf bytesRead() {
        return bytesRead;
    }

    /** Gives its place between accept and routing to the next connection; further calls do nothing. Any thread that owns it. */
    public void releasePipelineSlot() {
        Runnable release = pipelineSlot;
        pipelineSlot = () -> {};
        release.run();
    }

    // ---- parked ----------------------------------------------------------------------------------------------------

    /**
     * Takes it off its event loop, on that loop; the task then runs on the given thread and owns the connection. From there on
     * nothing is read from it: on a hang-up epoll would read even though it was not asked to.
     */
    public void park(Executor owner, Runnable task) {
        channel.deregister().addListener(parked -> owner.execute(task));
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
        return channel.fd();
    }

    /** Asks the kernel without reading a byte. */
    public ClientState look() {
        if (!channel.isOpen()) {
            return ClientState.GONE;
        }
        int state = channel.tcpInfo(new EpollTcpInfo()).state();
        if (state == TCP_ESTABLISHED) {
            return ClientState.CONNECTED;
        }
        return state == TCP_CLOSE ? ClientState.GONE : ClientState.HALF_CLOSED;
    }

    /**
     * A worker owns it now. Only our copy of the descriptor is closed, by a plain close: a shutdown would be the worker's too.
     */
    public void taken() {
        try {
            channel.fd().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the service's copy of " + this + " cannot be closed", e);
        } finally {
            channel.close(); // the channel's own books; its descriptor is closed already
        }
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /** Tells the client why, and ends the connection within the limits of drains. Parked, or on its event loop. */
    public void refuse(FaultAndClose farewell, FaultCode fault) {
        releasePipelineSlot();
        if (channel.isRegistered()) {
            farewell.refuse(channel, fault);
            return;
        }
        EventLoop loop = channel.eventLoop();
        loop.execute(() -> loop.register(channel).addListener((ChannelFuture registered) -> {
            if (registered.isSuccess()) {
                farewell.refuse(channel, fault);
            } else {
                channel.unsafe().closeForcibly(); // closed meanwhile, or its loop is shutting down
            }
        }));
    }

    /** Ends it without a word, by a reset. */
    public void abort() {
        releasePipelineSlot();
        Connections.abort(channel);
    }

    /**
     * Ends it without a word although a worker may still hold a copy: one that was sent it and did not take it may have it in
     * its queue, and closing ours would end nothing.
     */
    public void abortAllCopies() {
        endForAllCopies();
        abort();
    }

    private void endForAllCopies() {
        try {
            ((Socket) channel.fd()).shutdown();
        } catch (IOException e) {
            LOG.debug("{} had ended already: {}", this, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return preamble == null
                ? "connection " + addresses
                : "connection %s for %s".formatted(addresses, preamble.via());
    }
}
