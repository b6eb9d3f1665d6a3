package dev.nettcp.framing;

import io.netty.buffer.ByteBuf;

/**
 * The only number format of the protocol, [MC-NMF] 2.2.2: 7 bits per byte, least significant group first, bit 7 set
 * when another byte follows.
 *
 * <pre>
 *     0 to 127        0xxxxxxx
 *     16 384          80 80 01
 *     2 147 483 647   FF FF FF FF 07      the largest: as .NET, although the specification allows 32 bits
 * </pre>
 */
public final class MultiByteInt {
    /** What {@link #read} answers while bytes of the number itself are missing. */
    public static final int INCOMPLETE = -1;

    private static final int MAX_BYTES = 5;
    private static final int MAX_FIFTH_BYTE = 0x07;

    private MultiByteInt() {}

    /**
     * Reads one number, 0 to 2³¹−1. Padded forms ({@code 81 00} for 1) are accepted, as every .NET reader does.
     *
     * @return the number, or {@link #INCOMPLETE} with {@code in} untouched while some of its bytes are missing
     * @throws FramingException if the number has more than 31 bits or more than five bytes
     */
    public static int read(ByteBuf in) {
        int start = in.readerIndex();
        int available = Math.min(in.readableBytes(), MAX_BYTES);
        int value = 0;
        for (int i = 0; i < available; i++) {
            int next = in.getUnsignedByte(start + i);
            if (i == MAX_BYTES - 1 && next > MAX_FIFTH_BYTE) {
                throw FramingException.abort(
                        "a size with more than 31 bits: its fifth byte is 0x%02X, at most 0x07 is allowed"
                                .formatted(next));
            }
            value |= (next & 0x7F) << (7 * i);
            if (next < 0x80) {
                in.readerIndex(start + i + 1);
                return value;
            }
        }
        return INCOMPLETE;
    }

    /** Writes a number, 0 to 2³¹−1, in its shortest form. */
    public static void write(int value, ByteBuf out) {
        requireNotNegative(value);
        int rest = value;
        while (rest > 0x7F) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    /** How many bytes {@link #write} needs: 1 to 5. */
    public static int encodedLength(int value) {
        requireNotNegative(value);
        return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
    }

    private static void requireNotNegative(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("a size cannot be negative: " + value);
        }
    }
}
