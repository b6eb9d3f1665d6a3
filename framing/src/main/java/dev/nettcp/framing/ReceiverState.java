package dev.nettcp.framing;

import dev.nettcp.framing.FramingRecord.ExtensibleEncoding;
import dev.nettcp.framing.FramingRecord.KnownEncoding;
import dev.nettcp.framing.FramingRecord.Mode;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeEnd;
import dev.nettcp.framing.FramingRecord.UpgradeRequest;
import dev.nettcp.framing.FramingRecord.Version;
import dev.nettcp.framing.FramingRecord.Via;
import dev.nettcp.framing.via.UriFormatException;
import dev.nettcp.framing.via.ViaUri;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a server may read next, [MC-NMF] 3.2: the rules of order of the receiver. A record that is not allowed ends the
 * connection without a fault, as in .NET.
 *
 * <pre>
 *   AwaitingVersion ─00→ AwaitingMode ─01→ AwaitingVia ─02→ AwaitingEncoding ─03|04→ Deciding
 *                                                                                      │ accepted
 *          ┌─────────────── upgraded ───────────── Upgrading ←──09── Negotiating ←─────┘
 *          └────────────────────────────────────────────────────────→    │ 0C
 *                            ┌──────────────── duplex ───────────────────┴──── singleton ───┐
 *                     06 → InDuplex ─07→ Ended          Ended ←07─ AwaitingEnd ←00─ InEnvelope ←05─ AwaitingEnvelope
 * </pre>
 *
 * {@code Ended} is left when this side has written its End too: the next byte is that of a Version record.
 */
sealed interface ReceiverState {
    /** The records that may come now. In {@code InEnvelope} the parts of the envelope come, whatever they are. */
    Set<RecordType> allowed();

    /** The state after a record that is allowed. */
    ReceiverState after(FramingRecord received);

    /** Whether the stream may end here, provided that nothing is half-read. */
    default boolean mayEndHere() {
        return false;
    }

    /** How many bytes of a preamble come at least behind the record that is awaited, up to the encoding record. */
    default int leastBytesBehind() {
        return 0;
    }

    record AwaitingVersion() implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.of(RecordType.VERSION);
        }

        @Override
        public int leastBytesBehind() {
            return 6;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return received instanceof Version ? new AwaitingMode() : impossible(this, received);
        }

        @Override
        public boolean mayEndHere() {
            return true;
        }
    }

    record AwaitingMode() implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.of(RecordType.MODE);
        }

        @Override
        public int leastBytesBehind() {
            return 4;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            if (!(received instanceof Mode mode)) {
                return impossible(this, received);
            }
            if (!mode.mode().servedOverTcp()) {
                throw FramingException.faultUnknownToOriginal(
                        FaultCode.UNSUPPORTED_MODE,
                        "mode %s is not served over TCP: only DUPLEX and SINGLETON_UNSIZED are".formatted(mode.mode()));
            }
            return new AwaitingVia(mode.mode());
        }
    }

    record AwaitingVia(FramingMode mode) implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.of(RecordType.VIA);
        }

        @Override
        public int leastBytesBehind() {
            return 2;
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return received instanceof Via via
                    ? new AwaitingEncoding(mode, parse(via.uri()))
                    : impossible(this, received);
        }

        private static ViaUri parse(String text) {
            try {
                return ViaUri.parse(text);
            } catch (UriFormatException e) {
                throw FramingException.abort("the via is refused: " + e.getMessage());
            }
        }
    }

    record AwaitingEncoding(FramingMode mode, ViaUri via) implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.of(RecordType.KNOWN_ENCODING, RecordType.EXTENSIBLE_ENCODING);
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            if (received instanceof KnownEncoding known) {
                return new Deciding(new Preamble(mode, via, ContentType.ofKnown(known.code())));
            }
            return received instanceof ExtensibleEncoding extensible
                    ? new Deciding(new Preamble(mode, via, new ContentType(extensible.contentType())))
                    : impossible(this, received);
        }
    }

    /** Nothing is read until it is known who listens at the via. */
    record Deciding(Preamble preamble) implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.noneOf(RecordType.class);
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return impossible(this, received);
        }

        /** The endpoint's mode and encoder decide, in this order, [MC-NMF] 2.2.4.3. */
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
                                .formatted(preamble.contentType(), preamble.via()));
            }
            return new Negotiating(preamble, terms, false);
        }
    }

    record Negotiating(Preamble preamble, EndpointTerms terms, boolean secured) implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.of(RecordType.UPGRADE_REQUEST, RecordType.PREAMBLE_END);
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
                                        protocol,
                                        preamble.via(),
                                        secured ? "the stream is secured already" : "it offers " + terms.upgrades()));
            }
            return new Upgrading(preamble, terms, protocol);
        }
    }

    /** The bytes belong to the handshake; this side reads on when it is done. */
    record Upgrading(Preamble preamble, EndpointTerms terms, String protocol) implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.noneOf(RecordType.class);
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return impossible(this, received);
        }

        Negotiating upgraded() {
            return new Negotiating(preamble, terms, true);
        }
    }

    /** A client that vanishes after a complete envelope has ended; one that never sent an envelope has broken off. */
    record InDuplex(boolean anyEnvelope) implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.of(RecordType.SIZED_ENVELOPE, RecordType.END);
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return received instanceof FramingRecord.End ? new Ended() : new InDuplex(true);
        }

        @Override
        public boolean mayEndHere() {
            return anyEnvelope;
        }
    }

    record AwaitingEnvelope() implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.of(RecordType.UNSIZED_ENVELOPE);
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return new InEnvelope();
        }
    }

    record InEnvelope() implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.of(RecordType.UNSIZED_ENVELOPE);
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return received instanceof UnsizedEnvelopeEnd ? new AwaitingEnd() : this;
        }
    }

    record AwaitingEnd() implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.of(RecordType.END);
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return new Ended();
        }
    }

    /** Bytes that come now belong to the next preamble and wait until this side has ended too. */
    record Ended() implements ReceiverState {
        @Override
        public Set<RecordType> allowed() {
            return EnumSet.noneOf(RecordType.class);
        }

        @Override
        public ReceiverState after(FramingRecord received) {
            return impossible(this, received);
        }

        @Override
        public boolean mayEndHere() {
            return true;
        }
    }

    private static ReceiverState impossible(ReceiverState at, FramingRecord received) {
        throw new IllegalStateException("%s was let through in %s".formatted(received.type(), at));
    }
}
