package dev.nettcp.framing;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first byte of a record, [MC-NMF] 2.2.1. There are no others, and a record of unknown type cannot be skipped. */
public enum RecordType {
    VERSION(0x00, 3),
    MODE(0x01, 2),
    VIA(0x02, 2),
    KNOWN_ENCODING(0x03, 2),
    EXTENSIBLE_ENCODING(0x04, 2),
    UNSIZED_ENVELOPE(0x05, 1),
    SIZED_ENVELOPE(0x06, 2),
    END(0x07, 1),
    FAULT(0x08, 2),
    UPGRADE_REQUEST(0x09, 2),
    UPGRADE_RESPONSE(0x0A, 1),
    PREAMBLE_ACK(0x0B, 1),
    PREAMBLE_END(0x0C, 1);

    private static final RecordType[] BY_VALUE = values();

    private final int value;
    private final int leastBytes;

    RecordType(int value, int leastBytes) {
        this.value = value;
        this.leastBytes = leastBytes;
    }

    /** The byte on the wire. */
    public int value() {
        return value;
    }

    /** The type of a byte on the wire, or null if the specification knows none ({@code 0D} to {@code FF}). */
    static @Nullable RecordType of(int value) {
        return value < BY_VALUE.length ? BY_VALUE[value] : null;
    }

    /** An unmodifiable set. */
    static Set<RecordType> only(RecordType first, RecordType... others) {
        return Collections.unmodifiableSet(EnumSet.of(first, others));
    }

    /** How many bytes the shortest record of this type has, this one included. */
    int leastBytes() {
        return leastBytes;
    }
}
