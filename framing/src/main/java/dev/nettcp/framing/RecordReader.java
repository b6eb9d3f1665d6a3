package dev.nettcp.framing;

import io.netty.buffer.ByteBuf;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the records that a session expects, and refuses others by their first byte. */
final class RecordReader {
    private RecordReader() {}

    /**
     * The next record, or null while bytes are missing.
     *
     * @param allowed the types that may come now; empty: nothing is read
     * @throws FramingException if another type comes: nothing of its content is awaited
     */
    static @Nullable FramingRecord read(FramingDecoder decoder, Set<RecordType> allowed, ByteBuf in) {
        if (allowed.isEmpty()) {
            return null;
        }
        RecordType next = decoder.nextType(in);
        if (next != null && !allowed.contains(next)) {
            throw FramingException.abort(
                    "record %s (0x%02X) is out of order: now only %s may come".formatted(next, next.value(), allowed));
        }
        return decoder.decode(in);
    }

    /** {@link FramingDecoder#bytesMissing}, also before the first byte of the record. */
    static int bytesMissing(FramingDecoder decoder, Set<RecordType> allowed, ByteBuf in) {
        return in.isReadable() || decoder.insideEnvelope()
                ? decoder.bytesMissing(in)
                : allowed.stream().mapToInt(RecordType::leastBytes).min().orElse(1);
    }

    /** What a stream ended in, for the end of a sentence. */
    static String incomplete(ByteBuf in) {
        return in.isReadable()
                ? ", in the middle of a record; bytes of it that came: %d".formatted(in.readableBytes())
                : "";
    }
}
