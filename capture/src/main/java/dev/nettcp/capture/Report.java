package dev.nettcp.capture;

import java.util.function.Consumer;

/** Numbers the conversations, counts what is told, tells it; and knows how much memory is left for all of them. */
final class Report {
    final CaptureLimits limits;
    private final Consumer<CaptureEvent> listener;

    private int numbers;
    private int conversations;
    private int foreign;
    private long messages;
    private long undecoded;
    private long missing;
    private long buffered;

    private long packets;
    private long otherPackets;
    private long fragments;
    private long unreadablePackets;

    Report(CaptureLimits limits, Consumer<CaptureEvent> listener) {
        this.limits = limits;
        this.listener = listener;
    }

    int nextNumber() {
        return ++numbers;
    }

    void tell(CaptureEvent event) {
        if (event instanceof CaptureEvent.Opened) {
            conversations++;
        } else if (event instanceof CaptureEvent.Foreign) {
            foreign++;
        } else if (event instanceof CaptureEvent.Envelope envelope) {
            if (envelope.message().problem().isEmpty()) {
                messages++;
            } else {
                undecoded++;
            }
        } else if (event instanceof CaptureEvent.EnvelopePassedOver) {
            undecoded++;
        } else if (event instanceof CaptureEvent.Missing loss) {
            missing += loss.bytes();
            if (loss.next() == CaptureEvent.Missing.What.ONE_MESSAGE_LOST) {
                undecoded++;
            }
        }
        listener.accept(event);
    }

    /** Whether so many bytes more may be held. */
    boolean hasRoomFor(long bytes) {
        return buffered + bytes <= limits.maxBufferedBytes();
    }

    /** Somebody who held so many bytes now holds so many. */
    void holds(long before, long now) {
        buffered += now - before;
    }

    void packet() {
        packets++;
    }

    void otherPacket() {
        otherPackets++;
    }

    void fragment() {
        fragments++;
    }

    void unreadablePacket() {
        unreadablePackets++;
    }

    CaptureSummary summary() {
        return new CaptureSummary(
                packets,
                conversations,
                messages,
                undecoded,
                missing,
                foreign,
                otherPackets,
                fragments,
                unreadablePackets);
    }
}
