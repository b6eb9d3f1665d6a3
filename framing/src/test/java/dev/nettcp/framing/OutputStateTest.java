package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.testkit.Hex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutputStateTest {
    private static final FramingRecord SIZED = new FramingRecord.SizedEnvelope(Hex.buffer("AA"));
    private static final FramingRecord START = new FramingRecord.UnsizedEnvelopeStart();
    private static final FramingRecord CHUNK = new FramingRecord.UnsizedEnvelopeChunk(Hex.buffer("AA"));
    private static final FramingRecord FINISH = new FramingRecord.UnsizedEnvelopeEnd();
    private static final FramingRecord END = new FramingRecord.End();
    private static final List<FramingRecord> ALL =
            List.of(SIZED, START, CHUNK, FINISH, END, new FramingRecord.PreambleAck(), new FramingRecord.PreambleEnd());

    /** Everything that may be sent, and where it leads. */
    private static final Map<OutputState, Map<FramingRecord, OutputState>> TABLE = Map.of(
            OutputState.CLOSED, Map.of(),
            OutputState.DUPLEX, Map.of(SIZED, OutputState.DUPLEX, END, OutputState.ENDED),
            OutputState.REQUEST, Map.of(START, OutputState.IN_ENVELOPE),
            OutputState.REPLY, Map.of(START, OutputState.IN_ENVELOPE, END, OutputState.ENDED),
            OutputState.IN_ENVELOPE, Map.of(CHUNK, OutputState.IN_ENVELOPE, FINISH, OutputState.ENVELOPE_SENT),
            OutputState.ENVELOPE_SENT, Map.of(END, OutputState.ENDED),
            OutputState.ENDED, Map.of());

    @ParameterizedTest
    @EnumSource(OutputState.class)
    void onlyWhatStandsInTheTableMayBeSent(OutputState state) {
        for (FramingRecord record : ALL) {
            Optional.ofNullable(TABLE.get(state).get(record))
                    .ifPresentOrElse(
                            next -> assertThat(state.after(record)).isEqualTo(next),
                            () -> assertThatThrownBy(() -> state.after(record))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("record " + record.type() + " cannot be sent"));
        }
    }
}
