package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Fragments;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Between the records of the golden vectors, our records and bytes. */
final class GoldenRecords {
    static final FramingLimits GENEROUS = new FramingLimits(2048, 256, 256, 256, 1 << 20);

    private GoldenRecords() {}

    /** The records of a row or step; an unsized envelope as start, one chunk per chunk, and end. */
    static List<FramingRecord> of(Row row) {
        return row.rows("records").stream().flatMap(r -> one(r).stream()).toList();
    }

    private static List<FramingRecord> one(Row record) {
        return switch (record.text("type")) {
            case "Version" -> List.of(new FramingRecord.Version(record.integer("major"), record.integer("minor")));
            case "Mode" ->
                List.of(new FramingRecord.Mode(
                        FramingMode.of(record.integer("value")).orElseThrow()));
            case "Via" -> List.of(new FramingRecord.Via(record.text("via")));
            case "KnownEncoding" -> List.of(new FramingRecord.KnownEncoding(record.integer("value")));
            case "ExtensibleEncoding" -> List.of(new FramingRecord.ExtensibleEncoding(record.text("contentType")));
            case "UnsizedEnvelope" -> unsized(record);
            case "SizedEnvelope" -> List.of(new FramingRecord.SizedEnvelope(record.buffer("payload")));
            case "End" -> List.of(new FramingRecord.End());
            case "Fault" -> List.of(new FramingRecord.Fault(new FaultCode(record.text("fault"))));
            case "UpgradeRequest" -> List.of(new FramingRecord.UpgradeRequest(record.text("name")));
            case "UpgradeResponse" -> List.of(new FramingRecord.UpgradeResponse());
            case "PreambleAck" -> List.of(new FramingRecord.PreambleAck());
            case "PreambleEnd" -> List.of(new FramingRecord.PreambleEnd());
            default -> throw new IllegalArgumentException(record.toString());
        };
    }

    private static List<FramingRecord> unsized(Row record) {
        List<FramingRecord> parts = new ArrayList<>();
        parts.add(new FramingRecord.UnsizedEnvelopeStart());
        record.texts("chunks").forEach(hex -> parts.add(new FramingRecord.UnsizedEnvelopeChunk(chunk(hex))));
        parts.add(new FramingRecord.UnsizedEnvelopeEnd());
        return parts;
    }

    private static ByteBuf chunk(String hex) {
        return Hex.buffer(hex);
    }

    /** Everything a decoder makes of pieces that arrive one after the other. */
    static List<FramingRecord> decode(Fragments fragments, FramingLimits limits) {
        FramingDecoder decoder = new FramingDecoder(limits);
        List<FramingRecord> records = new ArrayList<>();
        ByteBuf in = Unpooled.buffer();
        try {
            for (byte[] piece : fragments.pieces()) {
                in.writeBytes(piece);
                for (FramingRecord record; (record = decoder.decode(in)) != null; ) {
                    records.add(copied(record));
                }
                assertThat(decoder.bytesMissing(in)).isPositive();
            }
            assertThat(in.isReadable()).as("bytes left").isFalse();
            assertThat(decoder.insideEnvelope()).isFalse();
        } finally {
            assertThat(in.refCnt()).as("references to the bytes").isOne();
            in.release();
        }
        return records;
    }

    /** A record that lives on without the buffer it was cut from, which is released. */
    static FramingRecord copied(FramingRecord record) {
        if (record instanceof FramingRecord.SizedEnvelope envelope) {
            return new FramingRecord.SizedEnvelope(unpooled(envelope.payload()));
        }
        return record instanceof FramingRecord.UnsizedEnvelopeChunk chunk
                ? new FramingRecord.UnsizedEnvelopeChunk(unpooled(chunk.content()))
                : record;
    }

    private static ByteBuf unpooled(ByteBuf content) {
        ByteBuf copy = Unpooled.copiedBuffer(content);
        content.release();
        return copy;
    }

    /** With neighbouring chunks as one: where they are cut means nothing. */
    static List<FramingRecord> chunksJoined(List<FramingRecord> records) {
        List<FramingRecord> joined = new ArrayList<>();
        for (FramingRecord record : records) {
            int last = joined.size() - 1;
            if (record instanceof FramingRecord.UnsizedEnvelopeChunk next
                    && last >= 0
                    && joined.get(last) instanceof FramingRecord.UnsizedEnvelopeChunk chunk) {
                joined.set(
                        last,
                        new FramingRecord.UnsizedEnvelopeChunk(Unpooled.copiedBuffer(chunk.content(), next.content())));
            } else {
                joined.add(record);
            }
        }
        return joined;
    }

    static byte[] encode(List<FramingRecord> records) {
        ByteBuf out = Unpooled.buffer();
        records.forEach(record -> FramingEncoder.encode(record, out));
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
