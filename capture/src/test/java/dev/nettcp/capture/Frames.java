package dev.nettcp.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Segments as packets of every link type that can be read. */
public enum Frames {
    ETHERNET(1),
    ETHERNET_VLAN(1),
    LINUX_COOKED(113),
    LINUX_COOKED_2(276),
    RAW(101),
    NULL_LITTLE(0),
    NULL_BIG(0),
    LOOP(108),
    IPV4(228);

    private final int linkType;

    Frames(int linkType) {
        this.linkType = linkType;
    }

    public int linkType() {
        return linkType;
    }

    public boolean carries(int version) {
        return this != IPV4 || version == 4;
    }

    /** Where the numbers of both sides begin: they wrap soon. */
    private static final int FIRST_SEQUENCE = -300;

    public static final int SERVER_PORT = 9000;

    public byte[] frame(Segment segment, int ipVersion, int clientPort) {
        byte[] ip = ipVersion == 4 ? ip4(segment, clientPort) : ip6(segment, clientPort);
        ByteBuffer frame = ByteBuffer.allocate(64 + ip.length);
        short type = (short) (ipVersion == 4 ? 0x0800 : 0x86DD);
        switch (this) {
            case ETHERNET -> frame.put(new byte[12]).putShort(type);
            case ETHERNET_VLAN ->
                frame.put(new byte[12])
                        .putShort((short) 0x88A8)
                        .putShort((short) 7)
                        .putShort((short) 0x8100)
                        .putShort((short) 42)
                        .putShort(type);
            case LINUX_COOKED ->
                frame.put(new byte[2])
                        .putShort((short) 772)
                        .putShort((short) 6)
                        .put(new byte[8])
                        .putShort(type);
            case LINUX_COOKED_2 ->
                frame.putShort(type)
                        .put(new byte[2])
                        .putInt(1)
                        .putShort((short) 772)
                        .put((byte) 0)
                        .put((byte) 6)
                        .put(new byte[8]);
            case NULL_LITTLE -> frame.putInt(ipVersion == 4 ? 0x02000000 : 0x1E000000);
            case NULL_BIG, LOOP -> frame.putInt(ipVersion == 4 ? 2 : 30);
            case RAW, IPV4 -> {}
        }
        frame.put(ip);
        if (this == ETHERNET && ip.length < 46) {
            frame.put(new byte[46 - ip.length]); // as a network card pads it
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] ip4(Segment segment, int clientPort) {
        byte[] tcp = tcp(segment, clientPort);
        ByteBuffer packet = ByteBuffer.allocate(24 + tcp.length);
        packet.put((byte) 0x46).put((byte) 0).putShort((short) packet.capacity());
        packet.putInt(0x4000).put((byte) 64).put((byte) 6).putShort((short) 0);
        int client = 0x0A000001;
        int server = 0x0A000002;
        packet.putInt(segment.fromClient() ? client : server).putInt(segment.fromClient() ? server : client);
        packet.putInt(0x01010100); // options: nothing, nothing, nothing, end
        return packet.put(tcp).array();
    }

    private static byte[] ip6(Segment segment, int clientPort) {
        byte[] tcp = tcp(segment, clientPort);
        ByteBuffer packet = ByteBuffer.allocate(48 + tcp.length);
        packet.putInt(0x60000000)
                .putShort((short) (8 + tcp.length))
                .put((byte) 60)
                .put((byte) 64);
        byte[] client = new byte[16];
        byte[] server = new byte[16];
        client[0] = (byte) 0xFD;
        client[15] = 1;
        server[0] = (byte) 0xFD;
        server[15] = 2;
        packet.put(segment.fromClient() ? client : server).put(segment.fromClient() ? server : client);
        packet.put((byte) 6).put((byte) 0).putShort((short) 0x0104).putInt(0); // destination options: padding
        return packet.put(tcp).array();
    }

    private static byte[] tcp(Segment segment, int clientPort) {
        ByteBuffer tcp = ByteBuffer.allocate(24 + segment.data().length);
        tcp.putShort((short) (segment.fromClient() ? clientPort : SERVER_PORT));
        tcp.putShort((short) (segment.fromClient() ? SERVER_PORT : clientPort));
        tcp.putInt(FIRST_SEQUENCE + (int) segment.sequence());
        tcp.putInt((segment.flags() & Segment.ACK) != 0 ? FIRST_SEQUENCE + (int) segment.acknowledged() : 0);
        tcp.put((byte) 0x60)
                .put((byte) segment.flags())
                .putShort((short) 0xFFFF)
                .putInt(0);
        tcp.putInt(0x01010100); // options
        return tcp.put(segment.data()).array();
    }
}
