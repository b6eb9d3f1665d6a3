package dev.nettcp.nbfx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/** Little-endian numbers in an array. */
final class Bytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static short getShort(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at);
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putShort(byte[] bytes, int at, short value) {
        SHORT.set(bytes, at, value);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** Microsoft's order: the first three groups are little-endian numbers, the rest are bytes. [MC-NBFX] 2.2.3.14 */
    static UUID getUuid(byte[] bytes, int at) {
        long high = ((long) getInt(bytes, at) << 32)
                | ((getShort(bytes, at + 4) & 0xFFFFL) << 16)
                | (getShort(bytes, at + 6) & 0xFFFFL);
        return new UUID(high, Long.reverseBytes(getLong(bytes, at + 8)));
    }

    static void putUuid(byte[] bytes, int at, UUID value) {
        long high = value.getMostSignificantBits();
        putInt(bytes, at, (int) (high >>> 32));
        putShort(bytes, at + 4, (short) (high >>> 16));
        putShort(bytes, at + 6, (short) high);
        putLong(bytes, at + 8, Long.reverseBytes(value.getLeastSignificantBits()));
    }
}
