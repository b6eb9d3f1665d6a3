package dev.nettcp.framing;

import dev.nettcp.framing.ReceiverState.AwaitingVersion;
import dev.nettcp.framing.ReceiverState.Deciding;
import dev.nettcp.framing.ReceiverState.Ended;
import dev.nettcp.framing.ReceiverState.Negotiating;
import dev.nettcp.framing.ReceiverState.Upgrading;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a connection as a plain object: it is given bytes and says what to do, one {@link ReceiverEvent}
 * after the other. It holds no socket, no thread and no clock; whoever drives it does so from one thread at a time.
 *
 * <pre>{@code
 *   session.endOfStream();                                        // when the peer has shut its direction down
 *   for (ReceiverEvent e; (e = session.next(bytes)) != null; ) {  // after bytes, end of stream, and whatever is called below
 *       write(e.send());
 *       act(e);          // PreambleRead → accept or refuse;  UpgradeRequested → handshake, upgraded;  Envelope → deliver; …
 *   }
 *   session.sending(record);                                      // before anything of this side is written
 * }</pre>
 *
 * Bytes behind the record that an event is about stay in the buffer. A connection carries one session after the other:
 * when both sides have ended, everything starts afresh with the next preamble.
 */
public final class ReceiverSession {
    private final FramingLimits limits;
    private final FaultPolicy policy;

    private FramingDecoder decoder;
    private ReceiverState state = new AwaitingVersion();
    private OutputState output = OutputState.CLOSED;
    private @Nullable ReceiverEvent verdict;
    private boolean streamEnded;
    private boolean cutOff;
    private boolean over;
    private int finished;

    /**
     * @param limits for every preamble; the largest envelope is the endpoint's affair
     * @param policy whether the client is told what the original keeps to itself
     */
    public ReceiverSession(FramingLimits limits, FaultPolicy policy) {
        this.limits = limits;
        this.policy = policy;
        this.decoder = new FramingDecoder(limits);
    }

    /**
     * What to do next; null: nothing until more bytes come, the stream ends, or the caller has answered. After {@link
     * ReceiverEvent.Refused}, {@link ReceiverEvent.Aborted}, {@link ReceiverEvent.Closed} and a last {@link
     * SessionEvent.Finished} nothing comes any more.
     */
    public @Nullable ReceiverEvent next(ByteBuf in) {
        if (over) {
            return null;
        }
        try {
            return step(in);
        } catch (FramingException violation) {
            return last(answerTo(violation));
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

    /** There is an endpoint for the via; whether it takes this mode and content type is seen here. */
    public void accept(EndpointTerms terms) {
        Deciding deciding = deciding();
        try {
            state = deciding.accepted(terms);
            decoder.limits(limits.withMaxEnvelopeBytes(terms.maxEnvelopeBytes()));
        } catch (FramingException refusal) {
            verdict = answerTo(refusal);
        }
    }

    /** There is no endpoint for the via, or it cannot take the connection. */
    public void refuse(FaultCode fault, String reason) {
        PreambleParser.Stage stage = PreambleParser.stage(deciding());
        verdict = new ReceiverEvent.Refused(fault, DrainLimit.at(stage, limits), reason);
    }

    /** The handshake is done: from now on bytes come out of the secured stream. */
    public void upgraded() {
        if (!(state instanceof Upgrading upgrading)) {
            throw new IllegalStateException("no upgrade is in progress in " + state);
        }
        state = upgrading.upgraded();
    }

    /**
     * This side is about to send a record of an open session: an envelope, a part of one, or End.
     *
     * @throws IllegalStateException if it must not be sent now
     */
    public void sending(FramingRecord record) {
        output = output.after(record);
    }

    /**
     * A lower bound of the bytes missing until the next record is complete, in a preamble until its encoding record is: a
     * read of so many never goes past it. At least 1; asked after {@link #next} has returned null.
     */
    public int bytesMissing(ByteBuf in) {
        return RecordReader.bytesMissing(decoder, state.allowed(), in) + state.leastBytesBehind();
    }

    /** How far the current preamble has come; after a violation, where it happened. */
    public PreambleParser.Stage stage() {
        return PreambleParser.stage(state);
    }

    /** How many sessions this connection has carried to their end: above 0 it is being reused. */
    public int finishedSessions() {
        return finished;
    }

    private @Nullable ReceiverEvent step(ByteBuf in) {
        if (verdict != null) {
            return last(verdict);
        }
        if (state instanceof Ended && output == OutputState.ENDED) {
            return finish(!streamEnded || in.isReadable());
        }
        while (true) {
            FramingRecord record = RecordReader.read(decoder, state.allowed(), in);
            if (record == null) {
                return streamEnded ? atEndOfStream(in) : null;
            }
            ReceiverEvent event = advance(record);
            if (event != null) {
                return event;
            }
        }
    }

    private @Nullable ReceiverEvent advance(FramingRecord record) {
        ReceiverState before = state;
        state = before.after(record);
        if (state instanceof Deciding deciding) {
            return new ReceiverEvent.PreambleRead(deciding.preamble());
        } else if (state instanceof Upgrading upgrading) {
            return new ReceiverEvent.UpgradeRequested(upgrading.protocol());
        } else if (before instanceof Negotiating negotiated) {
            return opened(negotiated.preamble());
        }
        return stage() == PreambleParser.Stage.COMPLETE ? SessionEvent.of(record) : null;
    }

    private ReceiverEvent opened(Preamble preamble) {
        output = preamble.mode() == FramingMode.DUPLEX ? OutputState.DUPLEX : OutputState.REPLY;
        return new ReceiverEvent.Opened(preamble);
    }

    private @Nullable ReceiverEvent atEndOfStream(ByteBuf in) {
        if (state instanceof Deciding || state instanceof Ended) {
            return null; // it is this side's turn
        }
        if (cutOff || !state.mayEndHere() || in.isReadable()) {
            throw FramingException.abort(
                    "the client closed the connection %s%s".formatted(state.position(), RecordReader.incomplete(in)));
        }
        if (state instanceof AwaitingVersion) {
            return last(new ReceiverEvent.Closed());
        }
        state = new Ended();
        return new SessionEvent.PeerEnded();
    }

    private SessionEvent finish(boolean reusable) {
        finished++;
        over = !reusable;
        state = new AwaitingVersion();
        output = OutputState.CLOSED;
        decoder = new FramingDecoder(limits);
        return new SessionEvent.Finished(reusable);
    }

    private ReceiverEvent answerTo(FramingException violation) {
        if (!faultMayBeSent()) {
            return new ReceiverEvent.Aborted(violation);
        }
        long drain = policy == FaultPolicy.FRIENDLY
                ? DrainLimit.behind(violation, stage(), limits)
                : DrainLimit.at(stage(), limits);
        return policy.answerTo(violation)
                .<ReceiverEvent>map(fault -> new ReceiverEvent.Refused(fault, drain, violation.getMessage()))
                .orElseGet(() -> new ReceiverEvent.Aborted(violation));
    }

    /**
     * Before the acknowledgement, in duplex sessions, and never behind this side's End. In place of the reply of a singleton session a client
     * understands a fault, too, although a .NET server sends none there.
     */
    private boolean faultMayBeSent() {
        return switch (output) {
            case CLOSED, DUPLEX -> true;
            case REPLY -> policy == FaultPolicy.FRIENDLY;
            case REQUEST, IN_ENVELOPE, ENVELOPE_SENT, ENDED -> false;
        };
    }

    private ReceiverEvent last(ReceiverEvent event) {
        over = true;
        return event;
    }

    private Deciding deciding() {
        if (!(state instanceof Deciding deciding)) {
            throw new IllegalStateException("nothing is to be decided in " + state);
        }
        return deciding;
    }
}
