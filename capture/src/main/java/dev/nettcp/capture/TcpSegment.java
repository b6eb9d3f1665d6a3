package dev.nettcp.capture;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One segment, RFC 9293.
 *
 * @param sequence number of its first byte
 * @param acknowledged number of the byte it expects from the other side; only with {@link #acknowledges}
 * @param payload what was captured of its data
 * @param cut how many bytes of its data the capture left out
 */
record TcpSegment(
        @Nullable Instant time,
        InetSocketAddress source,
        InetSocketAddress destination,
        int sequence,
        int acknowledged,
        int flags,
        ByteBuffer payload,
        int cut) {
    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;
    private static final int LEAST_HEADER = 20;

    static TcpSegment of(@Nullable Instant time, IpPacket packet) throws IpPacket.Unreadable {
        ByteBuffer tcp = packet.payload();
        if (tcp.remaining() < LEAST_HEADER) {
            throw new IpPacket.Unreadable();
        }
        int header = ((tcp.get(12) >> 4) & 0xF) * 4;
        if (header < LEAST_HEADER || header > packet.payloadLength()) {
            throw new IpPacket.Unreadable();
        }
        int captured = Math.max(0, tcp.remaining() - header);
        return new TcpSegment(
                time,
                new InetSocketAddress(packet.source(), tcp.getShort(0) & 0xFFFF),
                new InetSocketAddress(packet.destination(), tcp.getShort(2) & 0xFFFF),
                tcp.getInt(4),
                tcp.getInt(8),
                tcp.get(13) & 0xFF,
                tcp.slice(Math.min(header, tcp.limit()), captured),
                packet.payloadLength() - header - captured);
    }

    boolean ends() {
        return (flags & FIN) != 0;
    }

    boolean opens() {
        return (flags & SYN) != 0;
    }

    boolean resets() {
        return (flags & RST) != 0;
    }

    boolean acknowledges() {
        return (flags & ACK) != 0;
    }

    /** Bytes of its data, those included that were not captured. */
    int length() {
        return payload.remaining() + cut;
    }

    /** The number of its first byte of data: an opening has a number of its own. */
    int firstByte() {
        return opens() ? sequence + 1 : sequence;
    }
}
