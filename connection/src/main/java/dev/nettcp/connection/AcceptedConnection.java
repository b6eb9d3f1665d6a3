package dev.nettcp.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/**
 * A connected socket on its way to whoever serves it, with every byte that was already read from it.
 *
 * <p>It has one owner at a time, who either passes it on whole or ends it. The channel is registered with its event loop, reads only on
 * request (auto-read is off, half-closure is allowed) and its pipeline is empty: the owner installs handlers before it returns to the
 * event loop, since bytes that arrive at an empty pipeline are lost, and on a hang-up epoll reads without having been asked. The prefix was
 * not read through this channel object: how much a channel reads at once is settled when it reads for the first time, and that is the
 * owner's business. Used on the channel's event loop only.
 */
public final class AcceptedConnection {

    private final Channel channel;
    private final ConnectionAddresses addresses;
    private final ReusePolicy reusePolicy;
    private ByteBuf prefix;

    /**
     * @param prefix every byte read so far, from the first byte of the preamble; may be empty. Its ownership moves here.
     * @param reusePolicy what becomes of the connection when a session on it has ended and another preamble arrives
     */
    public AcceptedConnection(Channel channel, ByteBuf prefix, ConnectionAddresses addresses, ReusePolicy reusePolicy) {
        this.channel = channel;
        this.prefix = prefix;
        this.addresses = addresses;
        this.reusePolicy = reusePolicy;
    }

    public Channel channel() {
        return channel;
    }

    public ConnectionAddresses addresses() {
        return addresses;
    }

    public ReusePolicy reusePolicy() {
        return reusePolicy;
    }

    /** How many bytes the next {@link #takePrefix()} returns. */
    public int prefixBytes() {
        return prefix.readableBytes();
    }

    /** The bytes already read; the caller releases them. Later calls return an empty buffer. */
    public ByteBuf takePrefix() {
        ByteBuf taken = prefix;
        prefix = Unpooled.EMPTY_BUFFER;
        return taken;
    }

    /** Ends the connection with a reset; nothing is sent. */
    public void abort() {
        takePrefix().release();
        Connections.abort(channel);
    }

    @Override
    public String toString() {
        return "connection from " + addresses;
    }
}
