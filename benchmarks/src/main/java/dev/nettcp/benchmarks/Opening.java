package dev.nettcp.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
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
        /** A framing fault, then the end; {@link #fault} tells which. */
        FAULT,
        /** Anything else that is not the ack. */
        ANSWERED_OTHERWISE,
        /** Still without an answer when the load was stopped. */
        UNANSWERED
    }

    private static final byte PREAMBLE_ACK = 0x0B;
    private static final byte FAULT_RECORD = 0x08;
    private static final int LONGEST_FAULT = 258;

    private final SocketAddress target;
    private final ByteBuffer preamble;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(LONGEST_FAULT);
    private final AtomicReference<SocketChannel> current = new AtomicReference<>();
    private String fault = "";

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
            answer.clear().limit(1);
            if (channel.read(answer) < 0) return Outcome.ENDED_BEFORE_ACK;
            return switch (answer.get(0)) {
                case PREAMBLE_ACK -> Outcome.OPENED;
                case FAULT_RECORD -> readFault(channel);
                default -> Outcome.ANSWERED_OTHERWISE;
            };
        } catch (ConnectException e) {
            return Outcome.REFUSED;
        } catch (ClosedChannelException e) { // aborted, while it waited or between two steps
            return Outcome.UNANSWERED;
        } catch (IOException e) { // reset by peer, broken pipe: Java has no type of its own for either
            return Outcome.ENDED_BEFORE_ACK;
        } finally {
            preamble.position(preamble.limit());
        }
    }

    /** The record's text is a URI whose last part is the fault's name. */
    private Outcome readFault(SocketChannel channel) throws IOException {
        answer.limit(LONGEST_FAULT);
        while (answer.hasRemaining() && channel.read(answer) >= 0) {
            // until the end of the stream, which follows a fault
        }
        String text = US_ASCII.decode(answer.flip()).toString();
        fault = text.substring(text.lastIndexOf('/') + 1);
        return Outcome.FAULT;
    }

    /** The last fault that was the answer. */
    String fault() {
        return fault;
    }

    /** Ends an attempt that is waiting. */
    void abort() throws IOException {
        SocketChannel channel = current.get();
        if (channel != null) channel.close();
    }
}
