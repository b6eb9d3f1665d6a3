package dev.nettcp.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever announces two gigabytes has sent six bytes, and that is what it costs. */
class HostileSizesTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LARGEST = Integer.MAX_VALUE;
    private static final FramingLimits NO_LIMITS =
            new FramingLimits(LARGEST, LARGEST, LARGEST, LARGEST, Long.MAX_VALUE);
    private static final long A_FEW_OBJECTS = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"02", "04", "05", "06", "08", "09"})
    void aSizeOverTheLimitIsRefusedWithoutWaitingForContent(String type) {
        ByteBuf in = Hex.buffer(type + "FF FF FF FF 07");
        FramingDecoder decoder = new FramingDecoder(FramingLimits.DEFAULT);
        assertThatThrownBy(() -> {
                    decoder.decode(in); // the start of an unsized envelope
                    decoder.decode(in);
                })
                .isInstanceOf(FramingException.class)
                .hasMessageContaining("of 2147483647 bytes exceeds max");
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "04", "05", "06", "08", "09"})
    void aSizeWithinTheLimitAllocatesNothingForWhatHasNotCome(String type) {
        FramingDecoder decoder = new FramingDecoder(NO_LIMITS);
        ByteBuf in = Hex.buffer(type + "FF FF FF FF 07");
        long before = THREADS.getCurrentThreadAllocatedBytes();
        FramingRecord first = decoder.decode(in);
        FramingRecord second = decoder.decode(in);
        int missing = decoder.bytesMissing(in);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(first).isEqualTo(type.equals("05") ? new FramingRecord.UnsizedEnvelopeStart() : null);
        assertThat(second).isNull();
        assertThat(missing).isEqualTo(type.equals("05") ? 1 : LARGEST);
        assertThat(allocated).isLessThan(A_FEW_OBJECTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "05", "06", "08"})
    void whatIsOutOfOrderIsRefusedByItsFirstByte(String type) {
        ReceiverSession session = new ReceiverSession(NO_LIMITS, FaultPolicy.FRIENDLY);
        assertThat(session.next(Hex.buffer(type))).isInstanceOf(ReceiverEvent.Aborted.class);
    }
}
