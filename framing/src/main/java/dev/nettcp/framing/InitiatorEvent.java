package dev.nettcp.framing;

import java.util.List;

/**
 * What a client does next, told by {@link InitiatorSession#next}. Whoever drives the session first writes the {@link
 * #send() records to send} in one write, then acts as the event says.
 */
public sealed interface InitiatorEvent
        permits InitiatorEvent.Introduced,
                InitiatorEvent.UpgradeAccepted,
                InitiatorEvent.Opened,
                InitiatorEvent.Refused,
                InitiatorEvent.Failed,
                SessionEvent {
    /** The records that go out with this event; often none. */
    default List<FramingRecord> send() {
        return List.of();
    }

    /** A part of the preamble goes out, in a write of its own. Nothing else is to be done. */
    record Introduced(List<FramingRecord> send) implements InitiatorEvent {
        public Introduced {
            send = List.copyOf(send);
        }
    }

    /**
     * The server agrees to the upgrade. Give every further byte to the handshake, the rest of the buffer included, then
     * call {@link InitiatorSession#upgraded} and go on inside the secured stream.
     */
    record UpgradeAccepted(String protocol) implements InitiatorEvent {}

    /** The session is open in both directions. */
    record Opened() implements InitiatorEvent {}

    /**
     * The server sent a fault: the session failed. Having sent what is to be sent, close the connection. On a connection
     * that was reused, before the session was open, it says nothing about the new session: try another one.
     *
     * @param fault what the server said
     * @param opened whether the session had been open before
     * @param send End, if the session is open and this side has not sent it
     */
    record Refused(FaultCode fault, boolean opened, List<FramingRecord> send) implements InitiatorEvent {
        public Refused {
            send = List.copyOf(send);
        }

        /** What to make of it. */
        public FailureKind kind() {
            return FailureKind.of(fault);
        }
    }

    /** The server broke the protocol or off, or went over a limit: the session failed. Reset the connection. */
    record Failed(FailureKind kind, FramingException cause) implements InitiatorEvent {}
}
