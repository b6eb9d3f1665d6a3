package dev.nettcp.interop.wire;

import dev.nettcp.testkit.Transcript;
import dev.nettcp.testkit.Transcript.Data;
import dev.nettcp.testkit.Transcript.From;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes a conversation as a capture file (pcap, raw IPv4) for a dissector that does not reassemble: what one side sent
 * before the other side did becomes one TCP segment, so that no record is cut.
 */
final class CaptureFile {

    static final int SERVER_PORT = 9000;

    /** An IPv4 packet holds 65 535 bytes, headers included. */
    private static final int LONGEST_RUN = 65_000;

    private static final int CLIENT_PORT = 40_000;
    private static final int HEADERS = 40;
    private static final int LINKTYPE_RAW = 101;
    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<From, Integer> next = new EnumMap<>(Map.of(From.CLIENT, 1, From.SERVER, 1));
    private int packets;

    private CaptureFile() {}

    static byte[] of(Transcript conversation) {
        CaptureFile file = new CaptureFile();
        file.header();
        file.packet(From.CLIENT, SYN, new byte[0]);
        file.packet(From.SERVER, SYN | ACK, new byte[0]);
        file.packet(From.CLIENT, ACK, new byte[0]);
        file.segments(conversation);
        return file.out.toByteArray();
    }

    private void segments(Transcript conversation) {
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        From sender = From.CLIENT;
        for (Transcript.Piece piece : conversation.pieces()) {
            if (piece instanceof Data data) {
                if (data.from() != sender) {
                    segment(sender, run);
                    sender = data.from();
                }
                run.writeBytes(data.bytes());
            }
        }
        segment(sender, run);
    }

    private void segment(From sender, ByteArrayOutputStream run) {
        if (run.size() > LONGEST_RUN) {
            throw new IllegalArgumentException(
                    "%d bytes of one side in a row; the dissector can be given %d".formatted(run.size(), LONGEST_RUN));
        }
        if (run.size() > 0) {
            packet(sender, PSH | ACK, run.toByteArray());
        }
        run.reset();
    }

    private void header() {
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0);
        header.putInt(LONGEST_RUN + HEADERS).putInt(LINKTYPE_RAW);
        out.writeBytes(header.array());
    }

    private void packet(From sender, int flags, byte[] data) {
        From receiver = sender == From.CLIENT ? From.SERVER : From.CLIENT;
        int length = HEADERS + data.length;
        ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(packets++).putInt(0).putInt(length).putInt(length);
        out.writeBytes(record.array());

        ByteBuffer packet = ByteBuffer.allocate(length);
        int loopback = 0x7f000001;
        packet.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0x4000);
        packet.put((byte) 64).put((byte) 6).putShort((short) 0).putInt(loopback).putInt(loopback);
        packet.putShort((short) port(sender)).putShort((short) port(receiver));
        packet.putInt(sequence(sender)).putInt((flags & ACK) != 0 ? sequence(receiver) : 0);
        packet.put((byte) 0x50).put((byte) flags).putShort((short) 0xffff).putInt(0);
        packet.put(data);
        out.writeBytes(packet.array());
        next.merge(sender, data.length + ((flags & (SYN | FIN)) != 0 ? 1 : 0), Integer::sum);
    }

    private int sequence(From side) {
        return next.getOrDefault(side, 1);
    }

    private static int port(From side) {
        return side == From.CLIENT ? CLIENT_PORT : SERVER_PORT;
    }
}
