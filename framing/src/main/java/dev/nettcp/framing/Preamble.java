package dev.nettcp.framing;

import dev.nettcp.framing.via.ViaUri;
import java.util.List;

/**
 * What a client says about the session it wants, [MC-NMF] 2.2.6: everything up to the encoding record, after which a
 * server knows who is meant.
 *
 * @param mode how the envelopes travel
 * @param via whom the client wants
 * @param contentType what the envelopes are, in both directions
 */
public record Preamble(FramingMode mode, ViaUri via, ContentType contentType) {
    /** The records that say it, in their order. */
    public List<FramingRecord> records() {
        return List.of(
                FramingRecord.Version.CURRENT,
                new FramingRecord.Mode(mode),
                new FramingRecord.Via(via.toString()),
                contentType.toRecord());
    }
}
