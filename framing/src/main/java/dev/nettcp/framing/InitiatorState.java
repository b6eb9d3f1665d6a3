package dev.nettcp.framing;

import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeEnd;
import java.util.Set;

/**
 * What a client may read next, [MC-NMF] 3.2: the rules of order of the initiator. A fault may come everywhere but inside
 * an envelope and behind the server's End; it leads nowhere, and so does every record that is not allowed.
 *
 * <pre>
 *   AwaitingUpgrade ─0A→ Upgrading ─upgraded→ AwaitingAck ─0B─┬─ duplex ──→ InDuplex (06)* ────────07──→ Ended
 *                                                             └─ singleton → AwaitingReply ────────07──→ Ended
 *                                                                                └─05→ InEnvelope ─00→ AwaitingEnd ─07→ Ended
 * </pre>
 */
sealed interface InitiatorState {
    /** The records that may come now; none while it is this side's turn. */
    default Set<RecordType> allowed() {
        return Set.of();
    }

    /** The state after a record, which is one of those that are allowed, and no fault. */
    default InitiatorState after(FramingRecord received) {
        throw new IllegalStateException("%s was let through in %s".formatted(received.type(), this));
    }

    /** Whether the stream may end here, provided that nothing is half-read. */
    default boolean mayEndHere() {
        return false;
    }

    /** When something happened to the connection: for the sentence that tells it. */
    String position();

    /** What it is when something else comes. */
    default FailureKind failure() {
        return FailureKind.PROTOCOL;
    }

    record AwaitingUpgrade(FramingMode mode, String protocol) implements InitiatorState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.UPGRADE_RESPONSE, RecordType.FAULT);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public InitiatorState after(FramingRecord received) {
            return new Upgrading(mode, protocol);
        }

        @Override
        public FailureKind failure() {
            return FailureKind.SECURITY;
        }

        @Override
        public String position() {
            return "before it answered the request for the upgrade " + protocol;
        }
    }

    /** The bytes belong to the handshake; this side reads on when it is done. */
    record Upgrading(FramingMode mode, String protocol) implements InitiatorState {
        @Override
        public FailureKind failure() {
            return FailureKind.SECURITY;
        }

        @Override
        public String position() {
            return "during the handshake of the upgrade " + protocol;
        }
    }

    record AwaitingAck(FramingMode mode) implements InitiatorState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.PREAMBLE_ACK, RecordType.FAULT);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public InitiatorState after(FramingRecord received) {
            return mode == FramingMode.DUPLEX ? new InDuplex(false) : new AwaitingReply();
        }

        @Override
        public String position() {
            return "before it acknowledged the session";
        }
    }

    /** A server that vanishes after a complete envelope has ended; one that never sent an envelope has broken off. */
    record InDuplex(boolean anyEnvelope) implements InitiatorState {
        private static final Set<RecordType> ALLOWED =
                RecordType.only(RecordType.SIZED_ENVELOPE, RecordType.END, RecordType.FAULT);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public InitiatorState after(FramingRecord received) {
            if (received instanceof FramingRecord.End) {
                return new Ended();
            }
            return anyEnvelope ? this : new InDuplex(true);
        }

        @Override
        public boolean mayEndHere() {
            return anyEnvelope;
        }

        @Override
        public String position() {
            return anyEnvelope ? "in the open session" : "before the first envelope of the session";
        }
    }

    /** End in place of an envelope: the operation has no reply. */
    record AwaitingReply() implements InitiatorState {
        private static final Set<RecordType> ALLOWED =
                RecordType.only(RecordType.UNSIZED_ENVELOPE, RecordType.END, RecordType.FAULT);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public InitiatorState after(FramingRecord received) {
            return received instanceof FramingRecord.End ? new Ended() : new InEnvelope();
        }

        @Override
        public String position() {
            return "before the reply";
        }
    }

    record InEnvelope() implements InitiatorState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.UNSIZED_ENVELOPE);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public InitiatorState after(FramingRecord received) {
            return received instanceof UnsizedEnvelopeEnd ? new AwaitingEnd() : this;
        }

        @Override
        public String position() {
            return "in the middle of the reply";
        }
    }

    record AwaitingEnd() implements InitiatorState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.END, RecordType.FAULT);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public InitiatorState after(FramingRecord received) {
            return new Ended();
        }

        @Override
        public String position() {
            return "behind the reply and before the End record";
        }
    }

    /** A server has nothing to say here: whatever it sends is seen by the next session of the connection. */
    record Ended() implements InitiatorState {
        @Override
        public boolean mayEndHere() {
            return true;
        }

        @Override
        public String position() {
            return "behind the End record";
        }
    }
}
