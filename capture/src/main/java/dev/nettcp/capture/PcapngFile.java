package dev.nettcp.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block format of Wireshark (draft-ietf-opsawg-pcapng).
 *
 * <pre>
 *   block      type (4)  length of the whole block (4)  content  length again (4)         a multiple of four bytes
 *   0A0D0D0A   section header: byte order magic (4) …         numbers of this section are in this order
 *   1          interface: link type (2)  0 (2)  snapshot length (4)  options
 *   6          enhanced packet: interface (4)  time (4 4)  captured (4)  original (4)  bytes  options
 *   3          simple packet: original length (4)  bytes
 *   2          packet, obsolete: interface (2)  drops (2)  time (4 4)  captured (4)  original (4)  bytes  options
 * </pre>
 *
 * <p>All other blocks are passed over.
 */
final class PcapngFile implements PacketFile {
    static final int SECTION_HEADER = 0x0A0D0D0A;

    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int FRAME = 12; // type and the two lengths
    private static final int MAX_BLOCK = Packet.MAX_BYTES + 65_536; // a packet and its options
    private static final int MAX_INTERFACES = 4096;

    private final FileInput in;
    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private final byte[] head = new byte[8];
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    PcapngFile(FileInput in) {
        this.in = in;
    }

    @Override
    public @Nullable Packet next() throws IOException {
        while (!in.endsBefore(head, "the header of a block")) {
            Packet packet = block();
            if (packet != null) {
                return packet;
            }
        }
        return null;
    }

    private @Nullable Packet block() throws IOException {
        int type = ByteBuffer.wrap(head).order(order).getInt(0);
        if (type == SECTION_HEADER) { // reads the same in both orders
            section();
            return null;
        }
        long start = in.offset() - head.length;
        long length = length(start);
        boolean packet = type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OBSOLETE_PACKET;
        if (!packet && type != INTERFACE) {
            in.skip(length - FRAME, "a block of type %d".formatted(type));
            requireSameLength(length);
            return null;
        }
        if (length > MAX_BLOCK) {
            throw new CaptureException(
                    start + 4,
                    "a block of type %d claims %d bytes, at most %d are allowed".formatted(type, length, MAX_BLOCK));
        }
        ByteBuffer content = in.read((int) length - FRAME, order, "a block of type %d".formatted(type));
        requireSameLength(length);
        if (packet) {
            return packet(type, content, start);
        }
        if (interfaces.size() == MAX_INTERFACES) {
            throw new CaptureException(start, "more than %d interfaces in one section".formatted(MAX_INTERFACES));
        }
        interfaces.add(PcapngInterface.of(content, start));
        return null;
    }

    /** The byte order is known only behind the length, which therefore is read last. */
    private void section() throws IOException {
        long start = in.offset() - head.length;
        int magic = in.read(4, ByteOrder.BIG_ENDIAN, "a section header").getInt();
        if (magic != BYTE_ORDER_MAGIC && magic != Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
            throw new CaptureException(
                    start + 8, "byte order magic %08X, only 1A2B3C4D and 4D3C2B1A are allowed".formatted(magic));
        }
        order = magic == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long length = length(start);
        if (length < FRAME + 16) {
            throw new CaptureException(start + 4, "a section header of %d bytes, 28 is the least".formatted(length));
        }
        int major = in.read(2, order, "a section header").getShort() & 0xFFFF;
        if (major != 1) {
            throw new CaptureException(start + 12, "pcapng version %d, only 1 can be read".formatted(major));
        }
        in.skip(length - FRAME - 6, "a section header");
        requireSameLength(length);
        interfaces.clear();
    }

    private long length(long start) throws CaptureException {
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(head).order(order).getInt(4));
        if (length < FRAME || length % 4 != 0) {
            throw new CaptureException(
                    start + 4, "a block of %d bytes, which must be a multiple of 4 and at least 12".formatted(length));
        }
        return length;
    }

    private void requireSameLength(long length) throws IOException {
        long again =
                Integer.toUnsignedLong(in.read(4, order, "the end of a block").getInt());
        if (again != length) {
            throw new CaptureException(
                    in.offset() - 4,
                    "a block begins with a length of %d and ends with %d; they must be equal".formatted(length, again));
        }
    }

    private Packet packet(int type, ByteBuffer content, long start) throws CaptureException {
        int header = type == SIMPLE_PACKET ? 4 : 20;
        if (content.remaining() < header) {
            throw new CaptureException(start + 4, "a block of type %d is too short for its own header".formatted(type));
        }
        if (type == SIMPLE_PACKET) {
            PcapngInterface of = interfaceOf(0, start);
            long captured = Math.min(of.snapshotLength(), Integer.toUnsignedLong(content.getInt()));
            return new Packet(null, of.linkType(), bytes(content, captured, start));
        }
        long number = type == ENHANCED_PACKET ? Integer.toUnsignedLong(content.getInt()) : content.getShort() & 0xFFFF;
        if (type == OBSOLETE_PACKET) {
            content.getShort(); // drops
        }
        PcapngInterface of = interfaceOf(number, start);
        long ticks = (Integer.toUnsignedLong(content.getInt()) << 32) | Integer.toUnsignedLong(content.getInt());
        long captured = Integer.toUnsignedLong(content.getInt());
        content.getInt(); // original length
        return new Packet(of.time(ticks, start + 12), of.linkType(), bytes(content, captured, start));
    }

    private PcapngInterface interfaceOf(long number, long start) throws CaptureException {
        if (number >= interfaces.size()) {
            throw new CaptureException(
                    start,
                    "a packet of interface %d, but %d interfaces have been described"
                            .formatted(number, interfaces.size()));
        }
        return interfaces.get((int) number);
    }

    private static ByteBuffer bytes(ByteBuffer content, long captured, long start) throws CaptureException {
        if (captured > content.remaining() || captured > Packet.MAX_BYTES) {
            throw new CaptureException(
                    start,
                    "a packet claims %d captured bytes, its block has room for %d and at most %d are allowed"
                            .formatted(captured, content.remaining(), Packet.MAX_BYTES));
        }
        return content.slice(content.position(), (int) captured).order(ByteOrder.BIG_ENDIAN);
    }
}
