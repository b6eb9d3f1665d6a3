package dev.nettcp.framing;

import dev.nettcp.framing.FramingRecord.End;
import dev.nettcp.framing.FramingRecord.Fault;
import dev.nettcp.framing.FramingRecord.PreambleEnd;
import dev.nettcp.framing.FramingRecord.UpgradeRequest;
import dev.nettcp.framing.InitiatorState.AwaitingAck;
import dev.nettcp.framing.InitiatorState.AwaitingUpgrade;
import dev.nettcp.framing.InitiatorState.Ended;
import dev.nettcp.framing.InitiatorState.Upgrading;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one session as a plain object: it is given bytes and says what to do, one {@link InitiatorEvent}
 * after the other. It holds no socket, no thread and no clock; whoever drives it does so from one thread at a time.
 *
 * <pre>{@code
 *   session.endOfStream();                                         // when the peer has shut its direction down
 *   for (InitiatorEvent e; (e = session.next(bytes)) != null; ) {  // at first, after bytes, and whatever is called below
 *       write(e.send());
 *       act(e);          // UpgradeAccepted → handshake, upgraded;  Opened → the session may be used;  Envelope → deliver; …
 *   }
 *   session.sending(record);                                       // before anything of the open session is written
 * }</pre>
 *
 * Bytes behind the record that an event is about stay in the buffer. After a reusable {@link SessionEvent.Finished} the
 * connection may carry another session, with another object of this class.
 */
public final class InitiatorSession {
    private final FramingDecoder decoder;
    private final FramingMode mode;
    private final Queue<InitiatorEvent> introductions = new ArrayDeque<>();
    private InitiatorState state;
    private OutputState output = OutputState.CLOSED;
    private boolean streamEnded;
    private boolean cutOff;
    private boolean over;

    /** A session whose stream stays as it is: the whole preamble goes out in one write. */
    public InitiatorSession(Preamble preamble, FramingLimits limits) {
        this(preamble, null, limits);
    }

    /**
     * A session whose stream is secured before the preamble ends.
     *
     * @param upgrade the name of the upgrade; the session fails if the server does not offer it
     */
    public static InitiatorSession withUpgrade(Preamble preamble, String upgrade, FramingLimits limits) {
        return new InitiatorSession(preamble, upgrade, limits);
    }

    private InitiatorSession(Preamble preamble, @Nullable String upgrade, FramingLimits limits) {
        this.decoder = new FramingDecoder(limits);
        this.mode = preamble.mode();
        List<FramingRecord> records = preamble.records();
        if (upgrade == null) {
            introduce(concat(records, new PreambleEnd()));
            this.state = new AwaitingAck(mode);
        } else {
            introduce(records);
            introduce(List.of(new UpgradeRequest(upgrade)));
            this.state = new AwaitingUpgrade(mode, upgrade);
        }
    }

    /**
     * What to do next; null: nothing until more bytes come, the stream ends, or the caller has answered. After {@link
     * InitiatorEvent.Refused}, {@link InitiatorEvent.Failed} and {@link SessionEvent.Finished} nothing comes any more.
     */
    public @Nullable InitiatorEvent next(ByteBuf in) {
        if (over) {
            return null;
        }
        try {
            return introductions.isEmpty() ? step(in) : introductions.remove();
        } catch (FramingException violation) {
            FailureKind kind = violation.fault().map(FailureKind::of).orElse(state.failure());
            return last(new InitiatorEvent.Failed(kind, violation));
        }
    }

    /** The peer sends no more bytes than those that the next call of {@link #next} is given. */
    public void endOfStream() {
        streamEnded = true;
    }

    /**
     * As {@link #endOfStream()}, of a secured stream whose end nobody vouches for: what is not over by then has been cut off. After the
     * peer's End it says nothing.
     */
    public void streamCutOff() {
        streamEnded = true;
        cutOff = true;
    }

    /** The handshake is done: from now on bytes come out of the secured stream. */
    public void upgraded() {
        if (!(state instanceof Upgrading)) {
            throw new IllegalStateException("no upgrade is in progress in " + state);
        }
        introduce(List.of(new PreambleEnd()));
        state = new AwaitingAck(mode);
    }

    /**
     * This side is about to send a record of the open session: an envelope, a part of one, or End.
     *
     * @throws IllegalStateException if it must not be sent now
     */
    public void sending(FramingRecord record) {
        output = output.after(record);
    }

    /**
     * A lower bound of the bytes missing until the next record is complete: a read of so many never goes past it. At least
     * 1; asked after {@link #next} has returned null.
     */
    public int bytesMissing(ByteBuf in) {
        return RecordReader.bytesMissing(decoder, state.allowed(), in);
    }

    private @Nullable InitiatorEvent step(ByteBuf in) {
        if (state instanceof Ended && output == OutputState.ENDED) {
            return last(new SessionEvent.Finished(!streamEnded && !in.isReadable()));
        }
        FramingRecord record = RecordReader.read(decoder, state.allowed(), in);
        if (record == null) {
            return streamEnded ? atEndOfStream(in) : null;
        }
        return record instanceof Fault fault ? refused(fault) : advance(record);
    }

    private InitiatorEvent advance(FramingRecord record) {
        InitiatorState before = state;
        state = before.after(record);
        if (state instanceof Upgrading upgrading) {
            return new InitiatorEvent.UpgradeAccepted(upgrading.protocol());
        }
        if (before instanceof AwaitingAck) {
            output = mode == FramingMode.DUPLEX ? OutputState.DUPLEX : OutputState.REQUEST;
            return new InitiatorEvent.Opened();
        }
        return SessionEvent.of(record);
    }

    /** In an open session a client answers a fault with its own End, as .NET clients do. */
    private InitiatorEvent refused(Fault fault) {
        boolean opened = output != OutputState.CLOSED;
        List<FramingRecord> farewell =
                output == OutputState.DUPLEX || output == OutputState.ENVELOPE_SENT ? List.of(new End()) : List.of();
        return last(new InitiatorEvent.Refused(fault.code(), opened, farewell));
    }

    private @Nullable InitiatorEvent atEndOfStream(ByteBuf in) {
        if (state instanceof Ended) {
            return null; // it is this side's turn
        }
        if (cutOff || !state.mayEndHere() || in.isReadable()) {
            throw FramingException.abort(
                    "the server closed the connection %s%s".formatted(state.position(), RecordReader.incomplete(in)));
        }
        state = new Ended();
        return new SessionEvent.PeerEnded();
    }

    private void introduce(List<FramingRecord> records) {
        introductions.add(new InitiatorEvent.Introduced(records));
    }

    private InitiatorEvent last(InitiatorEvent event) {
        over = true;
        return event;
    }

    private static List<FramingRecord> concat(List<FramingRecord> records, FramingRecord last) {
        return Stream.concat(records.stream(), Stream.of(last)).toList();
    }
}
