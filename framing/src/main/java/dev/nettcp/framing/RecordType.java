package dev.nettcp.framing;

import org.jspecify.annotations.Nullable;

/** The first byte of a record, [MC-NMF] 2.2.1. There are no others, and a record of unknown type cannot be skipped. */
public enum RecordType {
    VERSION(0x00),
    MODE(0x01),
    VIA(0x02),
    KNOWN_ENCODING(0x03),
    EXTENSIBLE_ENCODING(0x04),
    UNSIZED_ENVELOPE(0x05),
    SIZED_ENVELOPE(0x06),
    END(0x07),
    FAULT(0x08),
    UPGRADE_REQUEST(0x09),
    UPGRADE_RESPONSE(0x0A),
    PREAMBLE_ACK(0x0B),
    PREAMBLE_END(0x0C);

    private static final RecordType[] BY_VALUE = values();

    private final int value;

    RecordType(int value) {
        this.value = value;
    }

    /** The byte on the wire. */
    public int value() {
        return value;
    }

    /** The type of a byte on the wire, or null if the specification knows none ({@code 0D} to {@code FF}). */
    static @Nullable RecordType of(int value) {
        return value < BY_VALUE.length ? BY_VALUE[value] : null;
    }
}
