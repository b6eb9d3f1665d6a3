package dev.nettcp.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What stands in front of an IP packet, by tcpdump.org/linktypes. */
enum LinkType {
    /** Four bytes of address family in the byte order of the capturing machine; IP tells by itself which one it is. */
    NULL("BSD loopback", 0),
    ETHERNET("Ethernet", 1),
    RAW("raw IP", 101, 12, 14, 228, 229),
    LOOP("OpenBSD loopback", 108),
    LINUX_COOKED("Linux cooked", 113),
    LINUX_COOKED_2("Linux cooked v2", 276);

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88A8;
    private static final int OLD_SERVICE_VLAN = 0x9100;

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final int[] numbers;

    LinkType(String title, int... numbers) {
        this.title = title;
        this.numbers = numbers;
    }

    static boolean isKnown(int number) {
        return Arrays.stream(values()).anyMatch(type -> type.has(number));
    }

    /** The sentence about a number that is not known. */
    static String unknown(int number) {
        return "link type %d, of which nothing can be read; read are %s".formatted(number, known());
    }

    static String known() {
        return Arrays.stream(values())
                .map(type -> type.title + " (" + type.numbers[0] + ")")
                .collect(Collectors.joining(", "));
    }

    /** Moves the packet to its IP header; false if it carries none, or its headers were cut. */
    static boolean moveToIp(Packet packet) {
        return Arrays.stream(values())
                .filter(type -> type.has(packet.linkType()))
                .findFirst()
                .filter(type -> type.strip(packet.bytes()))
                .isPresent();
    }

    private boolean has(int number) {
        return Arrays.stream(numbers).anyMatch(mine -> mine == number);
    }

    private boolean strip(ByteBuffer packet) {
        return switch (this) {
            case RAW -> true;
            case NULL, LOOP -> skip(packet, 4);
            case ETHERNET -> stripTyped(packet, 12, 14);
            case LINUX_COOKED -> stripTyped(packet, 14, 16);
            case LINUX_COOKED_2 -> stripTyped(packet, 0, 20);
        };
    }

    /** A header with an EtherType at {@code typeAt}; behind it any number of VLAN tags: {@code tag (2) type (2)}. */
    private static boolean stripTyped(ByteBuffer packet, int typeAt, int size) {
        if (packet.remaining() < size) {
            return false;
        }
        int type = packet.getShort(packet.position() + typeAt) & 0xFFFF;
        skip(packet, size);
        while (type == VLAN || type == SERVICE_VLAN || type == OLD_SERVICE_VLAN) {
            if (packet.remaining() < 4) {
                return false;
            }
            type = packet.getShort(packet.position() + 2) & 0xFFFF;
            skip(packet, 4);
        }
        return type == IPV4 || type == IPV6;
    }

    private static boolean skip(ByteBuffer packet, int size) {
        if (packet.remaining() < size) {
            return false;
        }
        packet.position(packet.position() + size);
        return true;
    }
}
