package dev.nettcp.transport;

import dev.nettcp.transport.StreamUpgrade.Side;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts and times one session for {@link Telemetry}, from its acknowledgement on. Used on the session's event loop only. */
final class SessionMeter {

    private final Introduction introduction;
    private final Telemetry telemetry;
    private final Session session;
    private FlightEvents.@Nullable SessionSpan flight; // from the acknowledgement to the end
    private long openedAt;
    private long awaitedSince;
    private boolean heard;
    private long envelopesReceived;
    private long bytesReceived;
    private long envelopesSent;
    private long bytesSent;

    /**
     * How a session came about.
     *
     * @param since by {@link System#nanoTime}, when it began to be introduced
     * @param reused whether its connection had a session before
     */
    record Introduction(Telemetry telemetry, long since, boolean reused) {}

    SessionMeter(Introduction introduction, Session session) {
        this.introduction = introduction;
        this.telemetry = introduction.telemetry();
        this.session = session;
    }

    boolean isOpened() {
        return flight != null;
    }

    void opened() {
        openedAt = System.nanoTime();
        awaitedSince = openedAt;
        FlightEvents.SessionSpan begun = new FlightEvents.SessionSpan();
        begun.begin();
        flight = begun;
        if (telemetry.isListening()) {
            telemetry.tell(new TransportEvent.SessionOpened(
                    telemetry.side(),
                    session,
                    introduction.reused(),
                    Duration.ofNanos(openedAt - introduction.since())));
        }
    }

    /** Something of the peer has arrived. */
    void heard() {
        if (!heard && isOpened()) {
            heard = true;
            if (telemetry.isListening()) {
                telemetry.tell(new TransportEvent.FirstByte(telemetry.side(), session, Telemetry.since(awaitedSince)));
            }
        }
    }

    void received(int bytes) {
        heard();
        envelopesReceived++;
        bytesReceived += bytes;
        telemetry.received(session, bytes);
    }

    void sent(int bytes) {
        if (envelopesSent == 0 && telemetry.side() == Side.CLIENT) {
            awaitedSince = System.nanoTime();
        }
        envelopesSent++;
        bytesSent += bytes;
        telemetry.sent(session, bytes);
    }

    /** Says nothing of a session that has not been opened. */
    void ended(@Nullable TransportException failure) {
        FlightEvents.SessionSpan span = flight;
        if (span == null) {
            return;
        }
        SessionTotals totals = new SessionTotals(envelopesReceived, bytesReceived, envelopesSent, bytesSent);
        if (span.shouldCommit()) {
            span.side = telemetry.side().name();
            span.via = session.via().toString();
            span.remote = session.addresses().remoteText();
            span.reused = introduction.reused();
            span.envelopesReceived = envelopesReceived;
            span.bytesReceived = bytesReceived;
            span.envelopesSent = envelopesSent;
            span.bytesSent = bytesSent;
            span.failure = Telemetry.text(failure);
            span.commit();
        }
        if (telemetry.isListening()) {
            telemetry.tell(new TransportEvent.SessionEnded(
                    telemetry.side(), session, Telemetry.since(openedAt), totals, failure));
        }
    }
}
