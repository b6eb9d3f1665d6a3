package dev.nettcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class BufferLeaksTest {

    @Test
    void aBufferThatIsNeverReleasedIsReportedWithThePlaceThatMadeIt() {
        leakOneBuffer();

        assertThat(BufferLeaks.collect()).singleElement().asString().contains("leakOneBuffer");
    }

    @Test
    void aReleasedBufferIsNot() {
        ByteBufAllocator.DEFAULT.buffer().release();

        assertThat(BufferLeaks.collect()).isEmpty();
    }

    private static void leakOneBuffer() {
        ByteBufAllocator.DEFAULT.buffer(16).writeInt(1);
    }
}
