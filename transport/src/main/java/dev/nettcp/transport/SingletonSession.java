package dev.nettcp.transport;

import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.SessionEvent;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;

/**
 * One unsized envelope in each direction, which travels in parts of any size: a request, and a reply or none, [MC-NMF] 3.1.1.1. The two
 * directions know nothing of each other but this: a server ends last.
 *
 * <pre>
 *   client:  05  (size part)*  00 07
 *   server:                05  (size part)*  00  07      the 07 when the request has been read to its end
 *                                                07      no reply
 * </pre>
 *
 * The handler is told that the peer's direction has {@linkplain SessionHandler#ended ended} when its envelope is complete. The End behind it
 * is awaited here, for the close timeout.
 */
final class SingletonSession extends FramedSession {

    private final boolean client;
    private boolean envelopeArriving;
    private boolean received;
    private boolean sending;
    private boolean sent;

    SingletonSession(
            FramedConnection connection,
            Preamble preamble,
            SessionTimeouts timeouts,
            boolean client,
            SessionMeter.Introduction introduction) {
        super(connection, preamble, timeouts, timeouts.receive(), introduction);
        this.client = client;
    }

    // ---- the peer's envelope

    @Override
    void happened(SessionEvent event) {
        if (event instanceof SessionEvent.EnvelopeStart) {
            // its first part says that it is there
        } else if (event instanceof SessionEvent.EnvelopeChunk chunk) {
            if (!envelopeArriving) {
                envelopeArriving = true;
                startReceiveWatch();
            }
            deliver(chunk.content());
        } else if (event instanceof SessionEvent.EnvelopeEnd) {
            envelopeComplete();
        } else if (event instanceof SessionEvent.PeerEnded) {
            peerEnded();
        } else {
            throw new IllegalStateException("%s in a singleton session".formatted(event));
        }
    }

    private void envelopeComplete() {
        if (!envelopeArriving) {
            connection.fail(new ProtocolException("An envelope without a byte came from %s for %s: it is no message."
                    .formatted(addresses().remoteText(), via())));
            return;
        }
        received();
        awaitServersEnd();
    }

    /** What the client wants is done; now the connection may be used again as soon as the server ends the session, too. */
    private void awaitServersEnd() {
        if (client && received && sent && !inputEnded && !isOver()) {
            closeDeadline.set(timeouts.close(), () -> closeTimedOut(timeouts.close()));
        }
    }

    private void peerEnded() {
        inputEnded = true;
        closeDeadline.clear();
        if (!received) {
            received(); // no reply
        }
        endLast();
    }

    private void received() {
        received = true;
        receiveWatch.stop();
        tellEnded();
    }

    /** A server's answer may be long in coming, so that a client counts from its first part on; a server from the beginning. */
    @Override
    void startReceiveWatch() {
        if (handler != null && !received && (!client || envelopeArriving)) {
            receiveWatch.start();
        }
    }

    /** Behind the envelope nobody is asked any more. */
    @Override
    boolean isReading() {
        return reading || received;
    }

    // ---- this side's envelope

    @Override
    void writeSent(ByteBuf part, Outbox.Item item) {
        if (sent) {
            item.reject(new SessionClosedException(
                    "A part cannot be sent: this side's envelope for %s is complete.".formatted(via())));
            return;
        }
        if (!part.isReadable()) { // a chunk without bytes would end the envelope
            part.release();
            item.setSuccess();
            return;
        }
        if (!sending) {
            connection.sending(new FramingRecord.UnsizedEnvelopeStart());
        }
        connection.sending(new FramingRecord.UnsizedEnvelopeChunk(part));
        count(item);
        writeWithHeader(part, item);
        sending = true;
    }

    /** {@code size}, and {@code 05} in front of the first. */
    @Override
    void writeHeader(int size, ByteBuf out) {
        if (!sending) {
            FramingEncoder.encode(new FramingRecord.UnsizedEnvelopeStart(), out);
        }
        FramingEncoder.chunkHeader(size, out);
    }

    @Override
    int headerLength(int size) {
        return FramingEncoder.chunkHeaderLength(size) + (sending ? 0 : 1);
    }

    @Override
    boolean mayBeRefused() {
        return !sending;
    }

    @Override
    void writeEnd(Outbox.Item item) {
        if (sent) {
            item.setSuccess();
        } else if (client && !sending) {
            SessionClosedException cause = new SessionClosedException(
                    "The session for %s was ended before anything of its envelope was sent; the protocol has no orderly end for that, so the connection was reset."
                            .formatted(via()));
            connection.fail(cause);
            item.reject(cause);
        } else if (client) {
            sent = true;
            outputEnded = true;
            writeEnd(List.of(new FramingRecord.UnsizedEnvelopeEnd(), new FramingRecord.End()), item);
            awaitServersEnd();
        } else {
            sent = true;
            if (sending) {
                writeEnd(List.of(new FramingRecord.UnsizedEnvelopeEnd()), item);
            } else {
                item.setSuccess();
            }
            if (!inputEnded) {
                closeDeadline.set(timeouts.close(), () -> closeTimedOut(timeouts.close()));
            }
            endLast();
        }
    }

    private void writeEnd(List<FramingRecord> records, Outbox.Item item) {
        count(item);
        connection.write(encoded(records), item);
    }

    private void endLast() {
        if (!client && sent && inputEnded && !outputEnded && !isOver()) {
            outputEnded = true;
            connection.write(encoded(List.of(new FramingRecord.End())));
            connection.flushOutsideOfTurn();
        }
    }

    private ByteBuf encoded(List<FramingRecord> records) {
        ByteBuf out = alloc().ioBuffer(records.size());
        for (FramingRecord record : records) {
            connection.sending(record);
            FramingEncoder.encode(record, out);
        }
        return out;
    }

    // ---- the end

    /** A call that has begun is let finish. */
    @Override
    void shutDown(Duration patience) {
        if (!envelopeArriving) {
            connection.fail(new SessionClosedException("The server is shutting down."));
        }
    }
}
