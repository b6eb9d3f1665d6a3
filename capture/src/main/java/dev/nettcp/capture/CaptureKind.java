package dev.nettcp.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What kinds of files can be read, and how they begin. */
public enum CaptureKind {
    /** The file format of libpcap, with microseconds or nanoseconds, of either byte order. */
    PCAP("pcap"),
    /** Wireshark's format of blocks. */
    PCAPNG("pcapng"),
    /** One connection as JSON lines: {@code {"dir": "c2s", "hex": "0001"}}. */
    CONVERSATION("recorded conversation");

    /** How many bytes {@link #of} wants to see. */
    public static final int BYTES_NEEDED = 4;

    private final String title;

    CaptureKind(String title) {
        this.title = title;
    }

    /** The kind of a file by its first bytes, four of them if it has so many; empty: none of these. */
    public static Optional<CaptureKind> of(byte[] head) {
        if (head.length >= BYTES_NEEDED) {
            int magic = ByteBuffer.wrap(head).getInt();
            if (PcapFile.isMagic(magic)) {
                return Optional.of(PCAP);
            }
            if (magic == PcapngFile.SECTION_HEADER) {
                return Optional.of(PCAPNG);
            }
        }
        return new String(head, ISO_8859_1).stripLeading().startsWith("{")
                ? Optional.of(CONVERSATION)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return title;
    }
}
