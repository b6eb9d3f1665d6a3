package dev.nettcp.sharing.service;

import dev.nettcp.sharing.ControlCodec;
import dev.nettcp.sharing.ControlMessage;
import dev.nettcp.sharing.ControlMessage.Hello;
import dev.nettcp.sharing.ControlProtocolException;
import dev.nettcp.sharing.ProtocolVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A worker's bare socket: nothing is read that the test does not ask for, and closing it is what the kernel does for the dead. */
final class RawWorker implements AutoCloseable {
    private final SocketChannel channel;
    private final ControlCodec codec = new ControlCodec(ControlCodec.MAX_SIZE_FROM_SERVICE);
    private final ByteBuf in = Unpooled.buffer();

    RawWorker(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /** Has said hello, and not read the answer. */
    static RawWorker greets(Path socket) throws IOException {
        RawWorker worker = new RawWorker(socket);
        worker.sends(new Hello(ProtocolVersion.CURRENT, "raw worker", List.of()));
        return worker;
    }

    void sends(ControlMessage... messages) throws IOException {
        ByteBuf out = Unpooled.buffer();
        for (ControlMessage message : messages) {
            ControlCodec.encode(message, out);
        }
        sends(out.nioBuffer());
    }

    void sends(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Sends the message again and again until the kernel takes no more of it, since nobody reads there. */
    void sendsUntilBlocked(ControlMessage message) throws IOException {
        channel.configureBlocking(false);
        ByteBuf out = Unpooled.buffer();
        ControlCodec.encode(message, out);
        int refused = 0;
        while (refused < 1000) {
            ByteBuffer bytes = out.nioBuffer();
            if (channel.write(bytes) == 0) {
                refused++;
                Thread.onSpinWait();
            } else {
                refused = 0;
            }
        }
    }

    /** The next message; empty at the end. */
    Optional<ControlMessage> receives() throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        try {
            while (channel.read(one.clear()) == 1) {
                in.writeByte(one.get(0));
                ControlMessage message = codec.decode(in);
                if (message != null) {
                    return Optional.of(message);
                }
            }
            return Optional.empty();
        } catch (ControlProtocolException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
