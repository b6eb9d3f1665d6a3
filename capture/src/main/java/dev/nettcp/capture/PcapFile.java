package dev.nettcp.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The file format of libpcap.
 *
 * <pre>
 *   file     magic (4)  version (2 2)  zone (4)  accuracy (4)  snapshot length (4)  link type (4)   then packets
 *   packet   seconds (4)  micro- or nanoseconds (4)  captured length (4)  original length (4)  captured bytes
 * </pre>
 *
 * <p>All numbers are in the byte order of the magic.
 */
final class PcapFile implements PacketFile {
    private static final int MICROSECONDS = 0xA1B2C3D4;
    private static final int NANOSECONDS = 0xA1B23C4D;
    private static final int HEADER = 24;
    private static final int LINK_TYPE = 0xFFFF; // the upper bits tell of frame check sequences

    private final FileInput in;
    private final ByteOrder order;
    private final int nanosPerTick;
    private final int linkType;
    private final byte[] head = new byte[16];

    PcapFile(FileInput in) throws IOException {
        this.in = in;
        ByteBuffer header = in.read(HEADER, ByteOrder.BIG_ENDIAN, "the header of the pcap file");
        int magic = header.getInt(0);
        boolean swapped = magic != MICROSECONDS && magic != NANOSECONDS;
        order = swapped ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        header.order(order);
        nanosPerTick = header.getInt(0) == NANOSECONDS ? 1 : 1000;
        int version = header.getShort(4) & 0xFFFF;
        if (version != 2) {
            throw new CaptureException(4, "pcap version %d, only 2 can be read".formatted(version));
        }
        linkType = header.getInt(20) & LINK_TYPE;
        if (!LinkType.isKnown(linkType)) {
            throw new CaptureException(20, LinkType.unknown(linkType));
        }
    }

    static boolean isMagic(int value) {
        int swapped = Integer.reverseBytes(value);
        return value == MICROSECONDS || value == NANOSECONDS || swapped == MICROSECONDS || swapped == NANOSECONDS;
    }

    @Override
    public @Nullable Packet next() throws IOException {
        if (in.endsBefore(head, "the header of a packet")) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(head).order(order);
        Instant time = Instant.ofEpochSecond(
                Integer.toUnsignedLong(header.getInt()), Integer.toUnsignedLong(header.getInt()) * nanosPerTick);
        long captured = Integer.toUnsignedLong(header.getInt());
        if (captured > Packet.MAX_BYTES) {
            throw new CaptureException(
                    in.offset() - 8,
                    "a packet claims %d captured bytes, at most %d are allowed".formatted(captured, Packet.MAX_BYTES));
        }
        return new Packet(time, linkType, in.read((int) captured, ByteOrder.BIG_ENDIAN, "a packet"));
    }
}
