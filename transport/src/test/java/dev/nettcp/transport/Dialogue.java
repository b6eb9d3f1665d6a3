package dev.nettcp.transport;

import dev.nettcp.framing.FramingDecoder;
import dev.nettcp.framing.FramingLimits;
import dev.nettcp.framing.FramingRecord;
import dev.nettcp.testkit.Hex;
import dev.nettcp.testkit.Row;
import dev.nettcp.testkit.Transcript;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A recorded or constructed conversation as steps that can be played against either side. */
record Dialogue(String name, List<Step> steps) {

    /** One step, in time order. */
    sealed interface Step {}

    record Says(boolean client, String hex) implements Step {}

    record EndsStream(boolean client) implements Step {}

    /** The connection stays open for its next session. */
    record Pooled() implements Step {}

    static Dialogue of(Row conversation) {
        List<Step> steps = new ArrayList<>();
        for (Row step : conversation.rows("steps")) {
            if (step.has("from")) {
                steps.add(new Says(step.text("from").equals("client"), step.text("hex")));
            } else if (step.has("shutdown")) {
                steps.add(new EndsStream(step.text("shutdown").equals("client")));
            } else if (step.flag("pooled")) {
                steps.add(new Pooled());
            }
        }
        return new Dialogue(conversation.toString(), steps);
    }

    static Dialogue of(Transcript transcript) {
        List<Step> steps = new ArrayList<>();
        for (Transcript.Piece piece : transcript.pieces()) {
            if (piece instanceof Transcript.Data data) {
                steps.add(new Says(data.from() == Transcript.From.CLIENT, data.hex()));
            } else if (piece instanceof Transcript.EndOfStream end) {
                steps.add(new EndsStream(end.from() == Transcript.From.CLIENT));
            }
        }
        return new Dialogue(transcript.name(), steps);
    }

    /** Each side's pieces joined where nobody spoke in between, so that every piece is made of whole records. */
    Dialogue inTurns() {
        List<Step> turns = new ArrayList<>();
        for (Step step : steps) {
            Step last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
            if (step instanceof Says more && last instanceof Says before && more.client() == before.client()) {
                turns.set(turns.size() - 1, new Says(more.client(), before.hex() + more.hex()));
            } else {
                turns.add(step);
            }
        }
        return new Dialogue(name, turns);
    }

    /** Whether it begins with the preamble of a singleton session. */
    boolean isSingleton() {
        return steps.get(0) instanceof Says first && first.hex().startsWith("0001000101");
    }

    /** How many bytes are said. */
    int size() {
        return steps.stream()
                .mapToInt(step -> step instanceof Says says ? says.hex().length() / 2 : 0)
                .sum();
    }

    /** For a side whose connections go back to the pool in place of being closed. */
    Dialogue withoutEndsOfStream() {
        return new Dialogue(
                name,
                steps.stream().filter(step -> !(step instanceof EndsStream)).toList());
    }

    /** The records of one piece. */
    static List<FramingRecord> records(String hex) {
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT.withMaxEnvelopeBytes(Integer.MAX_VALUE));
        ByteBuf in = Unpooled.wrappedBuffer(Hex.bytes(hex));
        List<FramingRecord> records = new ArrayList<>();
        for (FramingRecord record = decoder.decode(in); record != null; record = decoder.decode(in)) {
            records.add(record);
        }
        if (in.isReadable()) {
            throw new IllegalArgumentException("a piece ends inside a record: " + hex);
        }
        return records;
    }

    @Override
    public String toString() {
        return name;
    }
}
