package dev.nettcp.transport;

import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.SessionEvent;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** Any number of sized envelopes in both directions. */
final class DuplexSession extends FramedSession {

    /** @param receiveTimeout how long the peer may be without an envelope */
    DuplexSession(
            FramedConnection connection,
            Preamble preamble,
            SessionTimeouts timeouts,
            Duration receiveTimeout,
            SessionMeter.Introduction introduction) {
        super(connection, preamble, timeouts, receiveTimeout, introduction);
    }

    @Override
    void happened(SessionEvent event) {
        if (event instanceof SessionEvent.Envelope envelope) {
            deliver(envelope.payload());
        } else if (event instanceof SessionEvent.PeerEnded) {
            inputEnded = true;
            receiveWatch.stop();
            tellEnded();
        } else {
            throw new IllegalStateException("%s in a duplex session".formatted(event));
        }
    }

    @Override
    void startReceiveWatch() {
        if (handler != null && !inputEnded) {
            receiveWatch.start();
        }
    }

    @Override
    void shutDown(Duration patience) {
        close(patience);
    }

    @Override
    void writeSent(ByteBuf envelope, Outbox.Item item) {
        if (outputEnded) {
            item.reject(new SessionClosedException(
                    "An envelope cannot be sent: this side has ended the session for %s.".formatted(via())));
        } else if (!envelope.isReadable()) {
            item.reject(new ProtocolException("An envelope has at least one byte: a peer aborts on an empty one."));
        } else {
            connection.sending(new FramingRecord.SizedEnvelope(envelope));
            count(item);
            writeWithHeader(envelope, item);
        }
    }

    /** {@code 06 size}. */
    @Override
    void writeHeader(int size, ByteBuf out) {
        FramingEncoder.sizedEnvelopeHeader(size, out);
    }

    @Override
    int headerLength(int size) {
        return FramingEncoder.sizedEnvelopeHeaderLength(size);
    }

    /** {@code 07}. */
    @Override
    boolean mayBeRefused() {
        return true;
    }

    @Override
    void writeEnd(Outbox.Item item) {
        if (outputEnded) {
            item.setSuccess();
            return;
        }
        FramingRecord end = new FramingRecord.End();
        connection.sending(end);
        outputEnded = true;
        count(item);
        ByteBuf out = alloc().ioBuffer(1);
        FramingEncoder.encode(end, out);
        connection.write(out, item);
    }
}
