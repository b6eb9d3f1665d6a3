package dev.nettcp.sharing.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.HandoverHeader;
import dev.nettcp.sharing.PassedSocket;
import dev.nettcp.testkit.Waiting;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** A connection as a worker has it after it has taken it: the raw descriptor and the bytes the service had read. */
public final class TakenConnection implements AutoCloseable {
    private final HandoverHeader header;
    private final PassedSocket socket;
    private final Socket descriptor;

    TakenConnection(HandoverHeader header, PassedSocket socket) {
        this.header = header;
        this.socket = socket;
        this.descriptor = new Socket(socket.descriptor().intValue());
    }

    HandoverHeader header() {
        return header;
    }

    PassedSocket socket() {
        return socket;
    }

    FileDescriptor descriptor() {
        return descriptor;
    }

    byte[] bytesRead() {
        return ByteBufUtil.getBytes(header.bytesRead());
    }

    /** Answers as a worker does that understands the preamble. */
    void sends(byte... bytes) {
        try {
            ByteBuffer buffer =
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            assertThat(descriptor.write(buffer, 0, bytes.length)).isEqualTo(bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads exactly so many bytes that the service has not read. */
    byte[] reads(int count) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(count);
        Waiting.until(count + " bytes", () -> {
            try {
                int read = count == buffer.position() ? 0 : descriptor.read(buffer, buffer.position(), count);
                buffer.position(buffer.position() + Math.max(0, read));
                return buffer.position() == count;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        byte[] bytes = new byte[count];
        buffer.flip().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        try {
            descriptor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
