package dev.nettcp.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the segments of one direction in order: what came twice is dropped, what came early waits, what never comes is told. What answers
 * bytes of the other direction comes after these, so that both directions together tell the conversation as it was.
 *
 * <p>Sequence numbers wrap after 4 GiB; inside, positions are counted on. Bytes count as lost when the other side has acknowledged them
 * and a few more packets have not brought them, when too much waits behind them, or when the connection is over.
 */
final class Reassembly {
    /** Hears what became of the segments. */
    interface Sink {
        void bytes(@Nullable Instant time, ByteBuffer bytes);

        void missing(@Nullable Instant time, long bytes, CaptureEvent.Missing.Why why);

        void closed(@Nullable Instant time);
    }

    /** Packets of the connection that may still bring what the other side has acknowledged: captures are not always in order. */
    private static final int PATIENCE = 16;

    /** What a waiting segment costs besides its bytes. */
    private static final int OVERHEAD = 64;

    /** Acknowledged is the position of the other direction that its sender had seen when it sent this. */
    private record Piece(@Nullable Instant time, ByteBuffer payload, int cut, long acknowledged) {
        int length() {
            return payload.remaining() + cut;
        }
    }

    private final Sink sink;
    private final Report report;
    private final TreeMap<Long, Piece> waiting = new TreeMap<>();
    private long waitingBytes;
    private int packetsSinceAcknowledged;

    private boolean begun;
    private int base; // the sequence number of position 0
    private long next;
    private long expectedByOther;
    private long endsAt = Long.MAX_VALUE;
    private boolean endPassed;
    private boolean closed;

    Reassembly(Report report, Sink sink) {
        this.report = report;
        this.sink = sink;
    }

    /** The first byte of the direction has this number. */
    void begin(int firstByte) {
        begun = true;
        base = firstByte;
    }

    boolean hasBegun() {
        return begun;
    }

    private long position(int sequence) {
        return next + (sequence - (base + (int) next));
    }

    /** A segment of this direction, and the other direction, some of whose bytes it may acknowledge. */
    void segment(TcpSegment segment, Reassembly other) {
        if (closed) {
            return;
        }
        if (!begun) {
            begin(segment.firstByte());
        }
        long at = position(segment.firstByte());
        if (segment.ends()) {
            endsAt = Math.min(endsAt, at + segment.length());
        }
        if (segment.length() > 0 && at + segment.length() > next) {
            long acknowledged = segment.acknowledges() && other.begun ? other.position(segment.acknowledged()) : 0;
            Piece piece = new Piece(segment.time(), segment.payload(), segment.cut(), acknowledged);
            if (at <= next && other.hasReached(acknowledged)) {
                deliver(at, piece);
            } else {
                keep(at, piece);
            }
        }
    }

    /** The other side expects this byte next. */
    void acknowledged(int sequence) {
        if (begun) {
            expectedByOther = Math.max(expectedByOther, position(sequence));
        }
    }

    /** Delivers what can be delivered now; whether anything could. */
    boolean drain(@Nullable Instant time, Reassembly other) {
        boolean delivered = false;
        Map.Entry<Long, Piece> first = waiting.firstEntry();
        while (first != null
                && first.getKey() <= next
                && other.hasReached(first.getValue().acknowledged())) {
            deliverFirst();
            delivered = true;
            first = waiting.firstEntry();
        }
        closeAtEnd(time);
        return delivered;
    }

    /** Another packet of the connection has been seen, in whatever direction. */
    void packetPassed(@Nullable Instant time) {
        boolean overdue = !hasReached(expectedByOther);
        packetsSinceAcknowledged = overdue ? packetsSinceAcknowledged + 1 : 0;
        if (packetsSinceAcknowledged > PATIENCE) {
            packetsSinceAcknowledged = 0;
            if (!giveUpHole(time)) {
                giveUpTail(time);
            }
        }
        while (waitsForTooMuch() && (giveUpHole(time) || force())) {
            closeAtEnd(time);
        }
    }

    private boolean waitsForTooMuch() {
        return waitingBytes > report.limits.maxWaitingBytes() || !report.hasRoomFor(0);
    }

    /** What is missing in front of what waits, or of the end, will not come; whether there was such a hole. */
    boolean giveUpHole(@Nullable Instant time) {
        long until = waiting.isEmpty() ? endsAt : Math.min(endsAt, waiting.firstKey());
        if (closed || until == Long.MAX_VALUE || until <= next) {
            return false;
        }
        sink.missing(time, until - next, CaptureEvent.Missing.Why.NOT_CAPTURED);
        next = until;
        return true;
    }

    /** Delivers what waits for the other direction, although that has not come so far; whether anything waited. */
    boolean force() {
        if (waiting.isEmpty()) {
            return false;
        }
        deliverFirst();
        return true;
    }

    /** What has been acknowledged will not come, and nothing behind it has. */
    void giveUpTail(@Nullable Instant time) {
        if (hasReached(expectedByOther)) {
            return;
        }
        if (expectedByOther == next + 1) {
            endPassed = true; // an end of stream has a number, too, and that is all that is missing
            return;
        }
        sink.missing(time, expectedByOther - next, CaptureEvent.Missing.Why.NOT_CAPTURED);
        next = expectedByOther;
    }

    private boolean hasReached(long position) {
        return closed || next >= position || (endPassed && next + 1 == position);
    }

    /** A copy: the packet around it may be much larger. */
    private void keep(long at, Piece piece) {
        Piece same = waiting.get(at);
        if (same != null && same.length() >= piece.length()) {
            return;
        }
        ByteBuffer copy = ByteBuffer.allocate(piece.payload().remaining());
        copy.put(piece.payload()).flip();
        forget(waiting.put(at, new Piece(piece.time(), copy, piece.cut(), piece.acknowledged())));
        count(copy.remaining() + OVERHEAD);
    }

    private void forget(@Nullable Piece piece) {
        if (piece != null) {
            count(-piece.payload().remaining() - OVERHEAD);
        }
    }

    private void count(int bytes) {
        report.holds(waitingBytes, waitingBytes + bytes);
        waitingBytes += bytes;
    }

    private void closeAtEnd(@Nullable Instant time) {
        if (!closed && next >= endsAt) {
            closed = true;
            waiting.values().forEach(this::forget); // behind the end there is nothing
            waiting.clear();
            sink.closed(time);
        }
    }

    private void deliverFirst() {
        Map.Entry<Long, Piece> first = waiting.pollFirstEntry();
        forget(first.getValue());
        deliver(first.getKey(), first.getValue());
    }

    /** What of the piece has not been delivered before. */
    private void deliver(long at, Piece piece) {
        long known = next - at;
        if (known >= piece.length()) {
            return;
        }
        next = at + piece.length();
        ByteBuffer payload = piece.payload();
        if (known < payload.remaining()) {
            sink.bytes(
                    piece.time(), payload.slice(payload.position() + (int) known, payload.remaining() - (int) known));
            known = payload.remaining();
        }
        if (known < piece.length()) {
            sink.missing(piece.time(), piece.length() - known, CaptureEvent.Missing.Why.CUT);
        }
    }
}
