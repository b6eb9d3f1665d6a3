package dev.nettcp.capture;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Where packets were captured, and what their times mean.
 *
 * @param snapshotLength bytes kept of a packet at most; {@code Long.MAX_VALUE}: all
 * @param ticksPerSecond of the times of its packets
 * @param secondsAdded to the times of its packets
 */
record PcapngInterface(int linkType, long snapshotLength, long ticksPerSecond, long secondsAdded) {
    private static final int OPTION_END = 0;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final int BINARY = 0x80;
    private static final long MICROSECONDS = 1_000_000;

    /** From the content of its block, which begins at {@code start}. */
    static PcapngInterface of(ByteBuffer content, long start) throws CaptureException {
        if (content.remaining() < 8) {
            throw new CaptureException(start + 4, "an interface block is too short for its own header");
        }
        int linkType = content.getShort() & 0xFFFF;
        content.getShort();
        long snapshot = Integer.toUnsignedLong(content.getInt());
        long resolution = MICROSECONDS;
        long added = 0;
        while (content.remaining() >= 4) {
            int code = content.getShort() & 0xFFFF;
            int length = content.getShort() & 0xFFFF;
            if (code == OPTION_END) {
                break;
            }
            if (length > content.remaining()) {
                throw new CaptureException(
                        start,
                        "option %d of an interface claims %d bytes, %d are left"
                                .formatted(code, length, content.remaining()));
            }
            int value = content.position();
            if (code == OPTION_RESOLUTION && length >= 1) {
                resolution = ticks(content.get(value) & 0xFF, start);
            } else if (code == OPTION_OFFSET && length >= 8) {
                added = content.getLong(value);
            }
            content.position(Math.min(content.limit(), value + ((length + 3) & ~3)));
        }
        return new PcapngInterface(linkType, snapshot == 0 ? Long.MAX_VALUE : snapshot, resolution, added);
    }

    /** A negative power of ten, or with the highest bit set of two. */
    private static long ticks(int resolution, long start) throws CaptureException {
        int exponent = resolution & ~BINARY;
        if ((resolution & BINARY) != 0 && exponent <= 62) {
            return 1L << exponent;
        }
        if ((resolution & BINARY) == 0 && exponent <= 18) {
            long ticks = 1;
            for (int i = 0; i < exponent; i++) {
                ticks *= 10;
            }
            return ticks;
        }
        throw new CaptureException(
                start,
                "the times of an interface have resolution 0x%02X; 10^-18 and 2^-62 are the finest"
                        .formatted(resolution));
    }

    /** The moment of so many ticks, an unsigned number. */
    Instant time(long ticks, long offset) throws CaptureException {
        long seconds = Long.divideUnsigned(ticks, ticksPerSecond);
        double fraction = (double) Long.remainderUnsigned(ticks, ticksPerSecond) / ticksPerSecond;
        long nanos = ticksPerSecond <= 1_000_000_000 && 1_000_000_000 % ticksPerSecond == 0
                ? Long.remainderUnsigned(ticks, ticksPerSecond) * (1_000_000_000 / ticksPerSecond)
                : (long) (fraction * 1e9);
        try {
            return Instant.ofEpochSecond(Math.addExact(seconds, secondsAdded), nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new CaptureException(offset, "the time of a packet lies beyond all calendars", e);
        }
    }
}
