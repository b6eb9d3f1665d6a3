package dev.nettcp.capture;

import dev.nettcp.capture.CaptureEvent.Ended.How;
import dev.nettcp.framing.ContentType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both sides of one connection say. The directions are read each for itself; what the server's needs to know of the client's is the
 * content type of each session, in the order of the preambles: its messages have no other mark.
 */
final class Conversation {
    /** Sessions a client may begin on a connection before the first answer. */
    private static final int MAX_UNANSWERED = 64;

    private final Report report;
    private final Peers peers;
    private final Map<Side, DirectionReader> readers = new EnumMap<>(Side.class);
    private final Deque<ContentType> unanswered = new ArrayDeque<>();
    private String upgrade = "an upgrade";
    private int number;
    private boolean announced;
    private boolean foreign;

    /** The flags say of which side the first byte is there. */
    Conversation(Report report, Peers peers, boolean clientFromBeginning, boolean serverFromBeginning) {
        this.report = report;
        this.peers = peers;
        readers.put(Side.CLIENT, new DirectionReader(this, report, Side.CLIENT, clientFromBeginning));
        readers.put(Side.SERVER, new DirectionReader(this, report, Side.SERVER, serverFromBeginning));
    }

    Peers peers() {
        return peers;
    }

    DirectionReader reader(Side side) {
        return Objects.requireNonNull(readers.get(side));
    }

    /** For the segments of one side. */
    Reassembly.Sink listener(Side side) {
        DirectionReader reader = reader(side);
        return new Reassembly.Sink() {
            @Override
            public void bytes(@Nullable Instant time, ByteBuffer bytes) {
                reader.bytes(time, bytes);
            }

            @Override
            public void missing(@Nullable Instant time, long bytes, CaptureEvent.Missing.Why why) {
                reader.missing(time, bytes, why);
            }

            @Override
            public void closed(@Nullable Instant time) {
                reader.end(time, How.CLOSED);
            }
        };
    }

    void reset(Side by, @Nullable Instant time) {
        reader(by).end(time, How.RESET);
        reader(by.other()).abandon();
    }

    void finish(How how) {
        if (!announced
                && !foreign
                && reader(Side.CLIENT).total() + reader(Side.SERVER).total() > 0) {
            foreign(
                    "the capture begins in mid-stream, and in %d bytes of the client and %d of the server is no record of net.tcp"
                            .formatted(
                                    reader(Side.CLIENT).total(),
                                    reader(Side.SERVER).total()),
                    null);
        }
        readers.values().forEach(reader -> reader.end(null, how));
    }

    /** It is net.tcp: from now on everything is told. */
    void announce(@Nullable Instant time) {
        if (!announced) {
            announced = true;
            number = report.nextNumber();
            report.tell(new CaptureEvent.Opened(number, peers, Optional.ofNullable(time)));
        }
    }

    boolean isAnnounced() {
        return announced;
    }

    /** It is not net.tcp: nothing more is told. */
    void foreign(String reason, @Nullable Instant time) {
        if (!foreign) {
            foreign = true;
            report.tell(new CaptureEvent.Foreign(report.nextNumber(), peers, Optional.ofNullable(time), reason));
        }
    }

    boolean isForeign() {
        return foreign;
    }

    void tell(CaptureEvent event) {
        report.tell(event);
    }

    CaptureEvent.Place place(Side side, @Nullable Instant time, long offset) {
        return new CaptureEvent.Place(number, side, Optional.ofNullable(time), offset);
    }

    /** The client has begun a session. */
    void sessionRequested(ContentType contentType) {
        if (unanswered.size() < MAX_UNANSWERED) {
            unanswered.add(contentType);
        }
    }

    /** The server has opened a session, the oldest that was requested. */
    EnvelopeSession sessionOpened() {
        ContentType contentType = unanswered.poll();
        return contentType == null ? EnvelopeSession.unknown() : EnvelopeSession.of(contentType);
    }

    /** The client wants the stream secured. */
    void upgradeRequested(String protocol) {
        upgrade = protocol;
    }

    /** What the client asked for. */
    String upgrade() {
        return upgrade;
    }

    /** Preambles or their answers may be lost: which belongs to which is not known any more. */
    void sessionsLost() {
        unanswered.clear();
    }
}
