package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InflowTest {

    private final ByteBufAllocator alloc = PooledByteBufAllocator.DEFAULT;
    private final Inflow inflow = new Inflow(alloc);

    @AfterEach
    void release() {
        inflow.release();
    }

    @Test
    void aBufferIsPassedOnAsItIsWhileNothingIsLeftOfTheLast() {
        ByteBuf first = buffer("01 02");
        inflow.add(first);
        assertThat(inflow.bytes()).isSameAs(first);
        inflow.bytes().skipBytes(2);
        ByteBuf second = buffer("03");
        inflow.add(second);

        assertThat(inflow.bytes()).isSameAs(second);
        assertThat(first.refCnt()).isZero();
    }

    @Test
    void whatIsLeftIsFollowedByWhatComes() {
        inflow.add(buffer("01 02 03"));
        inflow.bytes().skipBytes(1);
        inflow.add(buffer("04 05"));
        inflow.add(buffer("06"));

        assertThat(Hex.of(inflow.bytes())).isEqualTo("0203040506");
    }

    @Test
    void slicesOfABufferKeepTheirBytesWhenMoreIsAppended() {
        inflow.add(buffer("01 02 03 04"));
        ByteBuf envelope = inflow.bytes().readRetainedSlice(2);
        for (int i = 0; i < 200; i++) {
            inflow.add(buffer("aa bb cc dd ee ff"));
        }

        assertThat(Hex.of(envelope)).isEqualTo("0102");
        assertThat(inflow.bytes().readableBytes()).isEqualTo(2 + 200 * 6);
        envelope.release();
    }

    @Test
    void roomIsMadeOnceForWhatIsExpected() {
        inflow.add(buffer("01 02 03 04"));
        inflow.bytes().skipBytes(2);
        inflow.expect(100_000);
        ByteBuf roomy = inflow.bytes();
        for (int i = 0; i < 100; i++) {
            inflow.add(alloc.buffer(1000).writeZero(1000));
        }

        assertThat(inflow.bytes()).isSameAs(roomy);
        assertThat(inflow.bytes().readableBytes()).isEqualTo(100_002);
    }

    @Test
    void bytesThatAreKeptAreTakenFromTheirBeginningHoweverFarTheyWereRead() {
        inflow.add(buffer("00 01 02"));
        inflow.bytes().skipBytes(2);
        inflow.keep();
        inflow.bytes().skipBytes(1);
        inflow.add(buffer("03 04"));
        inflow.bytes().skipBytes(2);
        inflow.add(buffer("05"));
        inflow.bytes().skipBytes(1);

        ByteBuf kept = inflow.take();
        assertThat(Hex.of(kept)).isEqualTo("02030405");
        assertThat(inflow.bytes().isReadable()).isFalse();
        kept.release();
    }

    @Test
    void withoutKeepingOnlyTheRestIsTaken() {
        inflow.add(buffer("00 01 02"));
        inflow.keep();
        inflow.bytes().skipBytes(2);
        inflow.dropKept();

        ByteBuf rest = inflow.take();
        assertThat(Hex.of(rest)).isEqualTo("02");
        rest.release();
    }

    private ByteBuf buffer(String hex) {
        byte[] bytes = Hex.bytes(hex);
        return alloc.buffer(bytes.length).writeBytes(bytes);
    }
}
