package dev.nettcp.benchmarks;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection after the other, each opened and reset: connect, preamble, one byte of answer, RST. On blocking channels, which
 * ask the kernel for the least: five system calls and no selector. One thread; {@link #abort} may come from another.
 */
final class Opening {

    /** How an attempt ended. */
    enum Outcome {
        OPENED,
        /** Nobody listens there. */
        REFUSED,
        /** A FIN or an RST instead of an answer. */
        ENDED_BEFORE_ACK,
        /** A framing fault, or anything else that is not the ack. */
        ANSWERED_OTHERWISE,
        /** Still without an answer when the load was stopped. */
        UNANSWERED
    }

    private static final byte PREAMBLE_ACK = 0x0B;

    private final SocketAddress target;
    private final ByteBuffer preamble;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(1);
    private final AtomicReference<SocketChannel> current = new AtomicReference<>();

    Opening(SocketAddress target, byte[] preamble) {
        this.target = target;
        this.preamble = ByteBuffer.allocateDirect(preamble.length).put(preamble);
    }

    Outcome attempt() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            current.set(channel);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.connect(target);
            preamble.flip();
            while (preamble.hasRemaining()) channel.write(preamble);
            answer.clear();
            if (channel.read(answer) < 0) return Outcome.ENDED_BEFORE_ACK;
            return answer.get(0) == PREAMBLE_ACK ? Outcome.OPENED : Outcome.ANSWERED_OTHERWISE;
        } catch (ConnectException e) {
            return Outcome.REFUSED;
        } catch (AsynchronousCloseException e) {
            return Outcome.UNANSWERED;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) { // reset by peer, broken pipe: Java has no type of its own for either
            return Outcome.ENDED_BEFORE_ACK;
        } finally {
            preamble.position(preamble.limit());
        }
    }

    /** Ends an attempt that is waiting. */
    void abort() throws IOException {
        SocketChannel channel = current.get();
        if (channel != null) channel.close();
    }
}
