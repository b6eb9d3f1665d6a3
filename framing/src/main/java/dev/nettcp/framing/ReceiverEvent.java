package dev.nettcp.framing;

import java.util.List;

/**
 * What a server does next, told by {@link ReceiverSession#next}. Whoever drives the session first writes the {@link
 * #send() records to send} in one write, then acts as the event says.
 */
public sealed interface ReceiverEvent
        permits ReceiverEvent.PreambleRead,
                ReceiverEvent.UpgradeRequested,
                ReceiverEvent.Opened,
                ReceiverEvent.Refused,
                ReceiverEvent.Aborted,
                ReceiverEvent.Closed,
                SessionEvent {
    /** The records that go out with this event; usually none. */
    default List<FramingRecord> send() {
        return List.of();
    }

    /**
     * It is known whom the client wants. Look the endpoint up and answer with {@link ReceiverSession#accept} or {@link
     * ReceiverSession#refuse}, now or later; nothing is read until then.
     */
    record PreambleRead(Preamble preamble) implements ReceiverEvent {}

    /**
     * An upgrade that the endpoint offers is wanted. Having sent the response, give every further byte to the handshake,
     * the rest of the buffer included, then call {@link ReceiverSession#upgraded} and go on inside the secured stream.
     */
    record UpgradeRequested(String protocol) implements ReceiverEvent {
        @Override
        public List<FramingRecord> send() {
            return List.of(new FramingRecord.UpgradeResponse());
        }
    }

    /** The session is open in both directions. */
    record Opened(Preamble preamble) implements ReceiverEvent {
        @Override
        public List<FramingRecord> send() {
            return List.of(new FramingRecord.PreambleAck());
        }
    }

    /**
     * The client gets a fault and that is the end. Having sent it, shut the sending direction down at once (.NET clients
     * wait for it), throw away what still comes, and close at the end of the stream; reset when more than the limit comes.
     *
     * @param fault what the client is told
     * @param drainLimit bytes to throw away at most
     * @param reason for the log
     */
    record Refused(FaultCode fault, long drainLimit, String reason) implements ReceiverEvent {
        @Override
        public List<FramingRecord> send() {
            return List.of(new FramingRecord.Fault(fault));
        }
    }

    /** Reset the connection without a word. */
    record Aborted(FramingException cause) implements ReceiverEvent {}

    /** The client closed the connection outside of any session: close it too. */
    record Closed() implements ReceiverEvent {}
}
