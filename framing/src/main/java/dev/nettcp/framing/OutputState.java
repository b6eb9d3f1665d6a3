package dev.nettcp.framing;

import dev.nettcp.framing.FramingRecord.End;
import dev.nettcp.framing.FramingRecord.SizedEnvelope;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeChunk;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeEnd;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeStart;

/**
 * What this side may send in an open session, [MC-NMF] 3.1. A record that is not allowed is a mistake of the program, not of
 * the peer.
 *
 * <pre>
 *   CLOSED ─opened─┬─ DUPLEX (06)* ───────────────────────────────07─┬→ ENDED
 *                  ├─ REQUEST ─05─┬→ IN_ENVELOPE ─00→ ENVELOPE_SENT ─07─┤
 *                  └─ REPLY ───05─┘                                     │
 *                       └── 07: the server has no reply ────────────────┘
 * </pre>
 */
enum OutputState {
    /** The session is not open, or not open any more. */
    CLOSED,
    /** Any number of sized envelopes. */
    DUPLEX,
    /** A client's one envelope is due. */
    REQUEST,
    /** A server's one envelope may come, or none. */
    REPLY,
    /** Chunks. */
    IN_ENVELOPE,
    /** Nothing but End. */
    ENVELOPE_SENT,
    /** Nothing. */
    ENDED;

    /**
     * The state after a record was sent.
     *
     * @throws IllegalStateException if it must not be sent now
     */
    OutputState after(FramingRecord sent) {
        return switch (this) {
            case DUPLEX -> sent instanceof SizedEnvelope ? DUPLEX : endAfter(sent);
            case REQUEST -> sent instanceof UnsizedEnvelopeStart ? IN_ENVELOPE : mistake(sent);
            case REPLY -> sent instanceof UnsizedEnvelopeStart ? IN_ENVELOPE : endAfter(sent);
            case IN_ENVELOPE -> {
                if (sent instanceof UnsizedEnvelopeChunk) {
                    yield IN_ENVELOPE;
                }
                yield sent instanceof UnsizedEnvelopeEnd ? ENVELOPE_SENT : mistake(sent);
            }
            case ENVELOPE_SENT -> endAfter(sent);
            case CLOSED, ENDED -> mistake(sent);
        };
    }

    private OutputState endAfter(FramingRecord sent) {
        return sent instanceof End ? ENDED : mistake(sent);
    }

    private OutputState mistake(FramingRecord sent) {
        String why = this == ENDED
                ? "this side has ended the session with its End record"
                : "the sending side of the session is in state " + this;
        throw new IllegalStateException("record %s cannot be sent: %s".formatted(sent.type(), why));
    }
}
