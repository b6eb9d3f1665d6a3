package dev.nettcp.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Writes frames as capture files; the k-th is seen k milliseconds after 2026-11-25T08:00:00Z. */
public final class CaptureFiles {
    private static final long FIRST_SECOND = 1_795_593_600L;

    private CaptureFiles() {}

    public static byte[] pcap(ByteOrder order, boolean nanoseconds, int linkType, List<byte[]> frames, int snapshot) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(24).order(order);
        header.putInt(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4).putShort((short) 2).putShort((short) 4);
        header.putLong(0).putInt(snapshot).putInt(linkType);
        out.writeBytes(header.array());
        for (int k = 0; k < frames.size(); k++) {
            byte[] captured = captured(frames.get(k), snapshot);
            ByteBuffer packet = ByteBuffer.allocate(16).order(order);
            packet.putInt((int) (FIRST_SECOND + k / 1000)).putInt(k % 1000 * (nanoseconds ? 1_000_000 : 1000));
            packet.putInt(captured.length).putInt(frames.get(k).length);
            out.writeBytes(packet.array());
            out.writeBytes(captured);
        }
        return out.toByteArray();
    }

    public static byte[] pcap(int linkType, List<byte[]> frames) {
        return pcap(ByteOrder.LITTLE_ENDIAN, false, linkType, frames, 262_144);
    }

    /** With a name block between, which means nothing here, and the packets in blocks of all three kinds that have times. */
    public static byte[] pcapng(ByteOrder order, boolean nanoseconds, int linkType, List<byte[]> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer section = ByteBuffer.allocate(16).order(order);
        block(
                out,
                order,
                0x0A0D0D0A,
                section.putInt(0x1A2B3C4D)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1));
        ByteBuffer described = ByteBuffer.allocate(8 + (nanoseconds ? 12 : 0)).order(order);
        described.putShort((short) linkType).putShort((short) 0).putInt(0);
        if (nanoseconds) {
            described
                    .putShort((short) 9)
                    .putShort((short) 1)
                    .put((byte) 9)
                    .put(new byte[3])
                    .putInt(0);
        }
        block(out, order, 1, described);
        block(out, order, 4, ByteBuffer.allocate(4).order(order).putInt(0));
        for (int k = 0; k < frames.size(); k++) {
            byte[] frame = frames.get(k);
            long ticks = (FIRST_SECOND * 1000 + k) * (nanoseconds ? 1_000_000 : 1000);
            boolean obsolete = k % 2 == 1;
            ByteBuffer packet = ByteBuffer.allocate(20 + frame.length).order(order);
            if (obsolete) {
                packet.putShort((short) 0).putShort((short) 0);
            } else {
                packet.putInt(0);
            }
            packet.putInt((int) (ticks >> 32))
                    .putInt((int) ticks)
                    .putInt(frame.length)
                    .putInt(frame.length);
            block(out, order, obsolete ? 2 : 6, packet.put(frame));
        }
        return out.toByteArray();
    }

    private static void block(ByteArrayOutputStream out, ByteOrder order, int type, ByteBuffer content) {
        int length = 12 + (content.capacity() + 3) / 4 * 4;
        ByteBuffer block = ByteBuffer.allocate(length).order(order);
        block.putInt(type).putInt(length).put(content.clear());
        out.writeBytes(block.putInt(length - 4, length).array());
    }

    private static byte[] captured(byte[] frame, int snapshot) {
        return Arrays.copyOf(frame, Math.min(frame.length, snapshot));
    }
}
