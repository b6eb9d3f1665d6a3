package dev.nettcp.capture;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection: finds out who is the client and where both directions begin, and gives the conversation what was said in order.
 *
 * <p>Its first segments wait until both openings have been seen, or a few segments without them: then the capture began in mid-stream.
 */
final class TcpConnection {
    /** Segments among which an opening may have got late. */
    private static final int EARLY = 16;

    /** How far behind its data an opening may come and still belong to it. */
    private static final int LATE_OPENING = 1 << 20;

    private final Report report;
    private final InetSocketAddress oneEnd;
    private final InetSocketAddress otherEnd;
    private final List<TcpSegment> early = new ArrayList<>();
    private long earlyBytes;
    private @Nullable Flow fromOne;
    private @Nullable Flow fromOther;
    private @Nullable Conversation conversation;
    private boolean over;

    /** One direction. */
    private static final class Flow {
        final Reassembly order;
        final boolean openingSeen;
        final int firstByte;

        Flow(Reassembly order, boolean openingSeen, int firstByte) {
            this.order = order;
            this.openingSeen = openingSeen;
            this.firstByte = firstByte;
        }
    }

    TcpConnection(Report report, TcpSegment first) {
        this.report = report;
        this.oneEnd = first.source();
        this.otherEnd = first.destination();
    }

    void segment(TcpSegment segment) {
        if (over) {
            return;
        }
        if (conversation == null) {
            keep(segment);
            if (early.size() == EARLY || segment.resets() || bothOpeningsSeen() || !report.hasRoomFor(0)) {
                settle();
            }
        } else {
            process(segment, conversation);
        }
    }

    /** Whether this opening begins another connection between the same ports. */
    boolean isReplacedBy(TcpSegment opening) {
        if (over) {
            return true;
        }
        if (conversation == null) {
            return early.stream()
                    .anyMatch(seen -> isOpening(seen)
                            && seen.source().equals(opening.source())
                            && seen.sequence() != opening.sequence());
        }
        Flow flow = opening.source().equals(oneEnd) ? fromOne : fromOther;
        if (flow == null) {
            return true;
        }
        int behind = flow.firstByte - opening.firstByte();
        return flow.openingSeen ? behind != 0 : behind < 0 || behind > LATE_OPENING;
    }

    /** Nothing more will come. */
    void finish(CaptureEvent.Ended.How how) {
        if (over) {
            return;
        }
        if (conversation == null) {
            settle();
        }
        finishFlows(null);
        if (conversation != null && !over) {
            conversation.finish(how);
        }
        over = true;
    }

    private boolean bothOpeningsSeen() {
        return early.stream().anyMatch(TcpConnection::isOpening)
                && early.stream().anyMatch(segment -> segment.opens() && segment.acknowledges());
    }

    private static boolean isOpening(TcpSegment segment) {
        return segment.opens() && !segment.acknowledges();
    }

    private void settle() {
        boolean oneIsClient = oneIsClient();
        boolean guessed = early.stream().noneMatch(TcpSegment::opens);
        Peers peers = oneIsClient ? Peers.of(oneEnd, otherEnd, guessed) : Peers.of(otherEnd, oneEnd, guessed);
        boolean oneOpened = opened(oneEnd);
        boolean otherOpened = opened(otherEnd);
        Conversation settled = new Conversation(
                report, peers, oneIsClient ? oneOpened : otherOpened, oneIsClient ? otherOpened : oneOpened);
        conversation = settled;
        fromOne = flow(oneEnd, oneOpened, settled, oneIsClient ? Side.CLIENT : Side.SERVER);
        fromOther = flow(otherEnd, otherOpened, settled, oneIsClient ? Side.SERVER : Side.CLIENT);
        for (TcpSegment segment : early) {
            if (!over) {
                process(segment, settled);
            }
        }
        early.clear();
        report.holds(earlyBytes, 0);
        earlyBytes = 0;
    }

    private boolean opened(InetSocketAddress end) {
        return early.stream()
                .anyMatch(segment -> segment.opens() && segment.source().equals(end));
    }

    /** Whoever opened; else whoever sends a preamble; else the side with the higher port. */
    private boolean oneIsClient() {
        for (TcpSegment segment : early) {
            if (segment.opens()) {
                return segment.source().equals(oneEnd) != segment.acknowledges();
            }
        }
        for (TcpSegment segment : early) {
            if (RecordStart.isPreamble(segment.payload())) {
                return segment.source().equals(oneEnd);
            }
        }
        return oneEnd.getPort() >= otherEnd.getPort();
    }

    private Flow flow(InetSocketAddress from, boolean opened, Conversation to, Side side) {
        Reassembly order = new Reassembly(report, to.listener(side));
        int firstByte = 0;
        for (TcpSegment segment : early) {
            if (segment.source().equals(from) && (!opened || segment.opens())) {
                boolean earliest = !order.hasBegun() || segment.firstByte() - firstByte < 0;
                if (earliest) {
                    firstByte = segment.firstByte();
                    order.begin(firstByte);
                }
            }
        }
        return new Flow(order, opened, firstByte);
    }

    private void process(TcpSegment segment, Conversation to) {
        Flow sender = segment.source().equals(oneEnd) ? fromOne : fromOther;
        Flow receiver = segment.source().equals(oneEnd) ? fromOther : fromOne;
        if (sender == null || receiver == null) {
            throw new IllegalStateException("a segment before both directions were settled");
        }
        if (segment.resets()) {
            finishFlows(segment.time());
            to.reset(segment.source().equals(clientOf(to)) ? Side.CLIENT : Side.SERVER, segment.time());
            over = true;
            return;
        }
        if (segment.acknowledges()) {
            receiver.order.acknowledged(segment.acknowledged());
        }
        sender.order.segment(segment, receiver.order);
        drain(segment.time(), sender.order, receiver.order);
        sender.order.packetPassed(segment.time());
        receiver.order.packetPassed(segment.time());
        drain(segment.time(), sender.order, receiver.order);
    }

    private static void drain(@Nullable Instant time, Reassembly one, Reassembly other) {
        boolean more = true;
        while (more) {
            boolean ofOne = one.drain(time, other);
            boolean ofOther = other.drain(time, one);
            more = ofOne || ofOther;
        }
    }

    private static @Nullable InetSocketAddress clientOf(Conversation conversation) {
        return conversation.peers().addresses().map(Peers.Addresses::client).orElse(null);
    }

    private void finishFlows(@Nullable Instant time) {
        if (fromOne == null || fromOther == null) {
            return;
        }
        Reassembly one = fromOne.order;
        Reassembly other = fromOther.order;
        boolean more = true;
        while (more) {
            drain(time, one, other);
            more = one.giveUpHole(time) || other.giveUpHole(time) || one.force() || other.force();
        }
        one.giveUpTail(time);
        other.giveUpTail(time);
    }

    /** A copy: the packet around it may be much larger. */
    private void keep(TcpSegment segment) {
        ByteBuffer payload = ByteBuffer.allocate(segment.payload().remaining());
        payload.put(segment.payload().duplicate()).flip();
        early.add(new TcpSegment(
                segment.time(),
                segment.source(),
                segment.destination(),
                segment.sequence(),
                segment.acknowledged(),
                segment.flags(),
                payload,
                segment.cut()));
        report.holds(earlyBytes, earlyBytes + payload.remaining());
        earlyBytes += payload.remaining();
    }
}
