package dev.nettcp.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One byte string cut into pieces. A stream means the same however it arrives, so a test of a decoder goes through
 * {@link #of}: whole, byte by byte, and cut once at every position.
 *
 * @param how for the message of a failure
 */
public record Fragments(String how, List<byte[]> pieces) {

    /** All ways to cut; as many as there are bytes, and one more. */
    public static Stream<Fragments> of(byte[] bytes) {
        return of(bytes, Integer.MAX_VALUE);
    }

    /**
     * As {@link #of(byte[])}, for long byte strings: if there are more than {@code mostCuts} positions, that many of them,
     * half of them at both ends and the other half spread evenly.
     */
    public static Stream<Fragments> of(byte[] bytes, int mostCuts) {
        return Stream.concat(
                Stream.of(whole(bytes), byteByByte(bytes)),
                cuts(bytes.length, mostCuts).mapToObj(at -> cutAt(bytes, at)));
    }

    public static Fragments whole(byte[] bytes) {
        return new Fragments("whole", List.of(bytes));
    }

    public static Fragments byteByByte(byte[] bytes) {
        return new Fragments(
                "byte by byte",
                IntStream.range(0, bytes.length)
                        .mapToObj(i -> new byte[] {bytes[i]})
                        .toList());
    }

    public static Fragments cutAt(byte[] bytes, int position) {
        return new Fragments(
                "cut at " + position,
                List.of(Arrays.copyOf(bytes, position), Arrays.copyOfRange(bytes, position, bytes.length)));
    }

    /** The pieces as heap buffers that need not be released. */
    public List<ByteBuf> buffers() {
        return pieces.stream().map(Unpooled::wrappedBuffer).toList();
    }

    private static IntStream cuts(int length, int most) {
        int positions = length - 1;
        if (positions <= most) {
            return IntStream.range(1, length);
        }
        int edge = most / 4;
        int between = most - 2 * edge;
        IntStream first = IntStream.rangeClosed(1, edge);
        IntStream middle =
                IntStream.range(0, between).map(i -> edge + 1 + (int) ((long) i * (positions - 2 * edge) / between));
        IntStream last = IntStream.range(length - edge, length);
        return IntStream.concat(IntStream.concat(first, middle), last);
    }

    @Override
    public String toString() {
        return how;
    }
}
