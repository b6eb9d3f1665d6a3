package dev.nettcp.binding;

import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.transport.Session;
import dev.nettcp.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A session without a connection: what is done to it is written down. The thread of the test is its event loop. */
final class FakeSession implements Session {
    final List<String> log = new ArrayList<>();
    boolean cannotSend;
    private boolean isReading = true;
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @Override
    public ViaUri via() {
        return ViaUri.parse("net.tcp://localhost:9000/service");
    }

    @Override
    public FramingMode mode() {
        return FramingMode.DUPLEX;
    }

    @Override
    public ContentType contentType() {
        return ContentType.BINARY_SESSION;
    }

    @Override
    public ConnectionAddresses addresses() {
        InetSocketAddress anywhere = InetSocketAddress.createUnresolved("localhost", 9000);
        return new ConnectionAddresses(anywhere, anywhere);
    }

    @Override
    public EventExecutor executor() {
        return channel.eventLoop();
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    @Override
    public ChannelFuture send(ByteBuf envelope) {
        envelope.release();
        if (cannotSend) {
            throw new IllegalStateException("no memory left");
        }
        log.add("send");
        return channel.newSucceededFuture();
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void setReading(boolean reading) {
        if (reading != isReading) {
            isReading = reading;
            log.add(reading ? "read" : "pause");
        }
    }

    @Override
    public void closeOutput() {
        log.add("end");
    }

    @Override
    public ChannelFuture close() {
        log.add("close");
        isReading = true; // to see the end of the other side
        return channel.newSucceededFuture();
    }

    @Override
    public ChannelFuture close(Duration timeout) {
        return close();
    }

    @Override
    public void abort(TransportException cause) {
        log.add("abort: " + cause.getMessage());
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
