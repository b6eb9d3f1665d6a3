package dev.nettcp.framing;

import dev.nettcp.framing.FramingRecord.ExtensibleEncoding;
import dev.nettcp.framing.FramingRecord.KnownEncoding;
import dev.nettcp.framing.FramingRecord.Mode;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeEnd;
import dev.nettcp.framing.FramingRecord.UpgradeRequest;
import dev.nettcp.framing.FramingRecord.Via;
import dev.nettcp.framing.via.PrintableText;
import dev.nettcp.framing.via.UriFormatException;
import dev.nettcp.framing.via.ViaUri;
import java.util.Set;

/**
 * What a server may read next, [MC-NMF] 3.3: the rules of order of the receiver. A record that is not allowed ends the
 * connection without a fault, as in .NET.
 *
 * <pre>
 *   AwaitingVersion ─00→ AwaitingMode ─01→ AwaitingVia ─02→ AwaitingEncoding ─03|04→ Deciding
 *                                                                                       │ accepted
 *   Upgrading ←─09── Negotiating ←──────────────────────────────────────────────────────┘
 *       └─upgraded──→     │ 0C
 *                         ├─ duplex ────→ InDuplex (06)* ──────────────────────────────07→ Ended
 *                         └─ singleton ─→ AwaitingEnvelope ─05→ InEnvelope ─00→ AwaitingEnd ─07→ Ended
 * </pre>
 *
 * {@code Ended} is left when this side has written its End too: the next byte is that of a Version record.
 */
sealed interface ReceiverState {
    /** The records that may come now; none while it is this side's turn. */
    default Set<RecordType> allowed() {
        return Set.of();
    }

    /** The state after a record, which is one of those that are allowed. */
    default ReceiverState after(FramingRecord received) {
        throw new IllegalStateException("%s was let through in %s".formatted(received.type(), this));
    }

    /** Whether the stream may end here, provided that nothing is half-read. */
    default boolean mayEndHere() {
        return false;
    }

    /** When something happened to the connection: for the sentence that tells it. */
    String position();

    /** How many bytes of a preamble come at least behind the record that is awaited, up to the encoding record. */
    default int leastBytesBehind() {
        return 0;
    }

    record AwaitingVersion() implements ReceiverState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.VERSION);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public int leastBytesBehind() {
            return 6;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return new AwaitingMode();
        }

        @Override
        public boolean mayEndHere() {
            return true;
        }

        @Override
        public String position() {
            return "in the preamble, before its Version record";
        }
    }

    record AwaitingMode() implements ReceiverState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.MODE);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public int leastBytesBehind() {
            return 4;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            FramingMode mode = ((Mode) received).mode();
            if (!mode.servedOverTcp()) {
                throw FramingException.faultUnknownToOriginal(
                        FaultCode.UNSUPPORTED_MODE,
                        "mode %s is not served over TCP: only DUPLEX and SINGLETON_UNSIZED are".formatted(mode));
            }
            return new AwaitingVia(mode);
        }

        @Override
        public String position() {
            return "in the preamble, before its Mode record";
        }
    }

    record AwaitingVia(FramingMode mode) implements ReceiverState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.VIA);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public int leastBytesBehind() {
            return 2;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return new AwaitingEncoding(mode, parse(((Via) received).uri()));
        }

        private static ViaUri parse(String text) {
            try {
                return ViaUri.parse(text);
            } catch (UriFormatException e) {
                throw FramingException.abort("the via is refused: " + e.getMessage());
            }
        }

        @Override
        public String position() {
            return "in the preamble, before its Via record";
        }
    }

    record AwaitingEncoding(FramingMode mode, ViaUri via) implements ReceiverState {
        private static final Set<RecordType> ALLOWED =
                RecordType.only(RecordType.KNOWN_ENCODING, RecordType.EXTENSIBLE_ENCODING);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            ContentType contentType = received instanceof KnownEncoding known
                    ? ContentType.ofKnown(known.code())
                    : new ContentType(((ExtensibleEncoding) received).contentType());
            return new Deciding(new Preamble(mode, via, contentType));
        }

        @Override
        public String position() {
            return "in the preamble, before its Encoding record";
        }
    }

    /** Nothing is read until it is known who listens at the via. */
    record Deciding(Preamble preamble) implements ReceiverState {
        /** The endpoint's mode and encoder decide, in the order of the original. */
        Negotiating accepted(EndpointTerms terms) {
            if (preamble.mode() != terms.mode()) {
                throw FramingException.fault(
                        FaultCode.UNSUPPORTED_MODE,
                        "mode %s is wanted, %s is what the endpoint at %s speaks"
                                .formatted(preamble.mode(), terms.mode(), preamble.via()));
            }
            if (!terms.contentTypes().test(preamble.contentType())) {
                throw FramingException.fault(
                        FaultCode.CONTENT_TYPE_INVALID,
                        "content type \"%s\" is not spoken by the endpoint at %s"
                                .formatted(
                                        PrintableText.of(preamble.contentType().text()), preamble.via()));
            }
            return new Negotiating(preamble, terms, false);
        }

        @Override
        public String position() {
            return "in the preamble, behind its Encoding record";
        }
    }

    record Negotiating(Preamble preamble, EndpointTerms terms, boolean secured) implements ReceiverState {
        private static final Set<RecordType> ALLOWED =
                RecordType.only(RecordType.UPGRADE_REQUEST, RecordType.PREAMBLE_END);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            if (received instanceof UpgradeRequest request) {
                return upgrading(request.protocol());
            }
            if (!terms.upgrades().isEmpty() && !secured) {
                throw FramingException.abort(
                        "the preamble ended without the upgrade that the endpoint at %s demands: %s"
                                .formatted(preamble.via(), terms.upgrades()));
            }
            return preamble.mode() == FramingMode.DUPLEX ? new InDuplex(false) : new AwaitingEnvelope();
        }

        /** Names are compared byte for byte, and one upgrade per session is all that a .NET server takes. */
        private Upgrading upgrading(String protocol) {
            if (secured || !terms.upgrades().contains(protocol)) {
                throw FramingException.fault(
                        FaultCode.UPGRADE_INVALID,
                        "upgrade \"%s\" is not offered by the endpoint at %s: %s"
                                .formatted(
                                        PrintableText.of(protocol),
                                        preamble.via(),
                                        secured ? "the stream is secured already" : "it offers " + terms.upgrades()));
            }
            return new Upgrading(preamble, terms, protocol);
        }

        @Override
        public String position() {
            return "in the preamble, before its PreambleEnd record";
        }
    }

    /** The bytes belong to the handshake; this side reads on when it is done. */
    record Upgrading(Preamble preamble, EndpointTerms terms, String protocol) implements ReceiverState {
        Negotiating upgraded() {
            return new Negotiating(preamble, terms, true);
        }

        @Override
        public String position() {
            return "during the handshake of the upgrade " + protocol;
        }
    }

    /** A client that vanishes after a complete envelope has ended; one that never sent an envelope has broken off. */
    record InDuplex(boolean anyEnvelope) implements ReceiverState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.SIZED_ENVELOPE, RecordType.END);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
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

    record AwaitingEnvelope() implements ReceiverState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.UNSIZED_ENVELOPE);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return new InEnvelope();
        }

        @Override
        public String position() {
            return "before the request";
        }
    }

    record InEnvelope() implements ReceiverState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.UNSIZED_ENVELOPE);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return received instanceof UnsizedEnvelopeEnd ? new AwaitingEnd() : this;
        }

        @Override
        public String position() {
            return "in the middle of the request";
        }
    }

    record AwaitingEnd() implements ReceiverState {
        private static final Set<RecordType> ALLOWED = RecordType.only(RecordType.END);

        @Override
        public Set<RecordType> allowed() {
            return ALLOWED;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return new Ended();
        }

        @Override
        public String position() {
            return "behind the request and before the End record";
        }
    }

    /** Bytes that come now belong to the next preamble and wait until this side has ended too. */
    record Ended() implements ReceiverState {
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
