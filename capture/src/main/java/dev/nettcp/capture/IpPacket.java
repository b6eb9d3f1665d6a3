package dev.nettcp.capture;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * The header of an IP packet, version 4 (RFC 791) or 6 (RFC 8200).
 *
 * @param payload what was captured behind it
 * @param payloadLength how many bytes are behind it in truth; more than in {@code payload} if the capture cut the packet
 * @param fragment whether this is a part of a packet only
 */
record IpPacket(
        InetAddress source,
        InetAddress destination,
        int protocol,
        ByteBuffer payload,
        int payloadLength,
        boolean fragment) {
    static final int TCP = 6;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION = 60;

    /** A header that is wrong, or cut so that nothing can be told. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
    }

    static IpPacket of(ByteBuffer packet) throws Unreadable {
        require(packet.hasRemaining());
        return switch ((packet.get(packet.position()) >> 4) & 0xF) {
            case 4 -> version4(packet);
            case 6 -> version6(packet);
            default -> throw new Unreadable();
        };
    }

    private static IpPacket version4(ByteBuffer packet) throws Unreadable {
        require(packet.remaining() >= 20);
        int start = packet.position();
        int header = (packet.get(start) & 0xF) * 4;
        int total = packet.getShort(start + 2) & 0xFFFF;
        if (total == 0) {
            total = packet.remaining(); // segmentation was left to the network card
        }
        require(header >= 20 && total >= header && packet.remaining() >= header);
        boolean fragment = (packet.getShort(start + 6) & 0x3FFF) != 0; // more fragments, or not at offset 0
        return new IpPacket(
                address(packet, start + 12, 4),
                address(packet, start + 16, 4),
                packet.get(start + 9) & 0xFF,
                payload(packet, start + header, total - header),
                total - header,
                fragment);
    }

    private static IpPacket version6(ByteBuffer packet) throws Unreadable {
        require(packet.remaining() >= 40);
        int start = packet.position();
        int length = packet.getShort(start + 4) & 0xFFFF;
        if (length == 0) {
            length = packet.remaining() - 40; // a jumbogram, or segmentation was left to the network card
        }
        int next = packet.get(start + 6) & 0xFF;
        int at = start + 40;
        int end = at + length;
        boolean fragment = false;
        while (isExtension(next)) {
            require(packet.limit() >= at + 8);
            int size = next == FRAGMENT
                    ? 8
                    : next == AUTHENTICATION
                            ? ((packet.get(at + 1) & 0xFF) + 2) * 4
                            : ((packet.get(at + 1) & 0xFF) + 1) * 8;
            fragment |= next == FRAGMENT && (packet.getShort(at + 2) & 0xFFF9) != 0;
            next = packet.get(at) & 0xFF;
            at += size;
        }
        require(at <= end && at <= packet.limit());
        return new IpPacket(
                address(packet, start + 8, 16),
                address(packet, start + 24, 16),
                next,
                payload(packet, at, end - at),
                end - at,
                fragment);
    }

    private static boolean isExtension(int next) {
        return next == HOP_BY_HOP
                || next == ROUTING
                || next == FRAGMENT
                || next == AUTHENTICATION
                || next == DESTINATION;
    }

    /** Without the padding that Ethernet puts behind short packets. */
    private static ByteBuffer payload(ByteBuffer packet, int at, int length) {
        return packet.slice(at, Math.min(length, packet.limit() - at));
    }

    private static InetAddress address(ByteBuffer packet, int at, int size) throws Unreadable {
        byte[] bytes = new byte[size];
        packet.get(at, bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("%d bytes of an address".formatted(size), e);
        }
    }

    private static void require(boolean condition) throws Unreadable {
        if (!condition) {
            throw new Unreadable();
        }
    }
}
