package dev.nettcp.framing;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads a preamble up to and including its encoding record and nothing behind it: as much as is needed to know whom the
 * client wants. For whoever only passes connections on; {@link ReceiverSession} goes on from there.
 */
public final class PreambleParser {
    /** How far the preamble has come. */
    public enum Stage {
        /** The version and the mode record are not complete. */
        VERSION_AND_MODE,
        /** The via and the encoding record are not complete. */
        VIA_AND_ENCODING,
        /** Everything is there. */
        COMPLETE
    }

    private final FramingLimits limits;
    private final FramingDecoder decoder;
    private ReceiverState state = new ReceiverState.AwaitingVersion();

    public PreambleParser(FramingLimits limits) {
        this.limits = limits;
        this.decoder = new FramingDecoder(limits);
    }

    /**
     * The preamble, once its encoding record is complete; null while bytes are missing. Neither the endpoint nor the
     * content type is judged here.
     *
     * @throws FramingException if this is no preamble, or over a limit; the parser is then of no more use
     */
    public @Nullable Preamble read(ByteBuf in) {
        while (!(state instanceof ReceiverState.Deciding deciding)) {
            FramingRecord record = RecordReader.read(decoder, state.allowed(), in);
            if (record == null) {
                return null;
            }
            state = state.after(record);
        }
        return deciding.preamble();
    }

    /** How far it has come; after an exception, where it happened. */
    public Stage stage() {
        return stage(state);
    }

    static Stage stage(ReceiverState state) {
        if (state instanceof ReceiverState.AwaitingVersion || state instanceof ReceiverState.AwaitingMode) {
            return Stage.VERSION_AND_MODE;
        }
        return state instanceof ReceiverState.AwaitingVia || state instanceof ReceiverState.AwaitingEncoding
                ? Stage.VIA_AND_ENCODING
                : Stage.COMPLETE;
    }

    /**
     * A lower bound of the bytes missing until the encoding record is complete: a read of so many never goes past it. At
     * least 1; asked after {@link #read} has returned null.
     */
    public int bytesMissing(ByteBuf in) {
        return RecordReader.bytesMissing(decoder, state.allowed(), in) + state.leastBytesBehind();
    }

    /** Whether a stream that ends now has said nothing at all, and is closed without a word about it. */
    public boolean mayEndHere(ByteBuf in) {
        return state.mayEndHere() && !in.isReadable();
    }

    /** How many bytes may be thrown away behind a fault that is sent now. */
    public long drainLimit() {
        return DrainLimit.at(stage(), limits);
    }
}
