package dev.nettcp.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One packet as the capture has it.
 *
 * @param time when it was seen; null where the file does not say
 * @param linkType what its first bytes are, by the number of tcpdump.org/linktypes
 * @param bytes what was captured of it, from position to limit
 */
record Packet(@Nullable Instant time, int linkType, ByteBuffer bytes) {
    /** What no capture needs to exceed: libpcap's largest snapshot length. */
    static final int MAX_BYTES = 262_144;
}
