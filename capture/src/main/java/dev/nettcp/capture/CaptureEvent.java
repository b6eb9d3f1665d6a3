package dev.nettcp.capture;

import dev.nettcp.framing.FramingRecord;
import java.time.Instant;
import java.util.Optional;

/** What a reader of a capture hears of, in the order in which it can be known. */
public sealed interface CaptureEvent {
    /** The number of the conversation, from 1 in the order of their appearance. */
    int conversation();

    /**
     * Where and when something was said.
     *
     * @param conversation its number
     * @param side who said it
     * @param time when its last byte was captured; empty where the file does not tell
     * @param offset of its first byte in what this side said, missing bytes counted
     */
    record Place(int conversation, Side side, Optional<Instant> time, long offset) {}

    /** Something that one side said, or that is missing of it. */
    sealed interface Placed extends CaptureEvent {
        Place place();

        @Override
        default int conversation() {
            return place().conversation();
        }
    }

    /** The first that is known of a conversation. */
    record Opened(int conversation, Peers peers, Optional<Instant> time) implements CaptureEvent {}

    /** A connection that is no net.tcp; nothing more is told of it. */
    record Foreign(int conversation, Peers peers, Optional<Instant> time, String reason) implements CaptureEvent {}

    /** A record of [MC-NMF] 2.2 that carries no message. */
    record Said(Place place, FramingRecord framingRecord) implements Placed {}

    /** A message. */
    record Envelope(Place place, CapturedMessage message) implements Placed {}

    /** A message that was not collected, because it is larger than {@link CaptureLimits#maxEnvelopeBytes}. */
    record EnvelopePassedOver(Place place, long size, int limit) implements Placed {}

    /** Bytes that are not there. */
    record Missing(Place place, long bytes, Why why, What next) implements Placed {
        /** How they got lost. */
        public enum Why {
            /** The capture does not have the segments. */
            NOT_CAPTURED,
            /** The capture has only the beginnings of the packets: its snapshot length was too small. */
            CUT
        }

        /** What this means for the reading. */
        public enum What {
            /** They belong to one message whose size is known: the next record is found exactly. */
            ONE_MESSAGE_LOST,
            /** The next record is searched for at the beginnings of segments. */
            SEARCHING,
            /** They are no loss: nothing was read here anyway. */
            NOTHING
        }
    }

    /** Reading begins, or goes on after a loss, with the record at this place. */
    record Resumed(Place place, long passedOver, boolean fromMidStream) implements Placed {}

    /** From here on the bytes of this side belong to the named upgrade, and cannot be read. */
    record Encrypted(Place place, String upgrade) implements Placed {}

    /** The bytes at this place are not what [MC-NMF] allows; this side is read no further. */
    record Unreadable(Place place, String reason) implements Placed {}

    /** This side says nothing more, or nothing more is known of it. */
    record Ended(Place place, How how, Optional<String> detail) implements Placed {
        /** By what. */
        public enum How {
            /** It ended its stream in order. */
            CLOSED,
            /** It reset the connection. */
            RESET,
            /** The capture ends while the connection is open. */
            CAPTURE_ENDS,
            /** The same ports open a new connection. */
            REPLACED,
            /** It was silent for longest while too many connections were open. */
            GIVEN_UP
        }
    }
}
