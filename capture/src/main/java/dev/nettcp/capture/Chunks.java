package dev.nettcp.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;

/** An unsized envelope that is arriving in chunks: its bytes as long as they are not too many, and how many they were. */
final class Chunks {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long size;

    Chunks(int limit) {
        this.limit = limit;
    }

    /** The chunk stays its owner's. */
    void add(ByteBuf chunk) {
        size += chunk.readableBytes();
        if (!isTooLarge()) {
            bytes.writeBytes(ByteBufUtil.getBytes(chunk));
        }
    }

    boolean isTooLarge() {
        return size > limit;
    }

    /** Bytes that came. */
    long size() {
        return size;
    }

    /** Bytes that are held. */
    int held() {
        return bytes.size();
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
