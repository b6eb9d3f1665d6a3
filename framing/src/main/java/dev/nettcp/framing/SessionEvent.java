package dev.nettcp.framing;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** What happens in an open session, on either side. */
public sealed interface SessionEvent extends ReceiverEvent, InitiatorEvent {
    @Override
    default List<FramingRecord> send() {
        return List.of();
    }

    /** Duplex: a whole envelope. The caller owns the buffer and releases it. */
    record Envelope(ByteBuf payload) implements SessionEvent {}

    /** Singleton: the one envelope of this direction begins. */
    record EnvelopeStart() implements SessionEvent {}

    /**
     * Singleton: bytes of the envelope as they arrived; where they are cut means nothing. The caller owns the buffer and
     * releases it.
     */
    record EnvelopeChunk(ByteBuf content) implements SessionEvent {}

    /** Singleton: the envelope is complete. */
    record EnvelopeEnd() implements SessionEvent {}

    /**
     * The peer sends nothing more in this session: by its End record, or because its stream ended where it may. This
     * side finishes what it has to say and sends its own End.
     */
    record PeerEnded() implements SessionEvent {}

    /**
     * Both sides have ended.
     *
     * @param reusable whether the connection lives on and the next preamble may come over it; otherwise close it: the peer
     *     has, or it sent a client bytes behind its End
     */
    record Finished(boolean reusable) implements SessionEvent {}

    /** What a record of an open session means, the same on both sides. */
    static SessionEvent of(FramingRecord received) {
        if (received instanceof FramingRecord.SizedEnvelope envelope) {
            return new Envelope(envelope.payload());
        } else if (received instanceof FramingRecord.UnsizedEnvelopeChunk chunk) {
            return new EnvelopeChunk(chunk.content());
        } else if (received instanceof FramingRecord.UnsizedEnvelopeStart) {
            return new EnvelopeStart();
        } else if (received instanceof FramingRecord.UnsizedEnvelopeEnd) {
            return new EnvelopeEnd();
        } else if (received instanceof FramingRecord.End) {
            return new PeerEnded();
        }
        throw new IllegalArgumentException("record %s is not part of an open session".formatted(received.type()));
    }
}
