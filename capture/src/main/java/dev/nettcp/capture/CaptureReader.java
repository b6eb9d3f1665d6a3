package dev.nettcp.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads captures. */
public final class CaptureReader {
    private CaptureReader() {}

    /**
     * Reads a capture to its end and tells what is in it while it is being read; a capture that still grows may be given through a pipe.
     *
     * @param in the file; it is not closed
     * @param listener hears everything, on this thread. What it throws ends the reading
     * @return what was told, counted
     * @throws CaptureException if the file is no capture, or damaged; everything before that place has been told
     */
    public static CaptureSummary read(InputStream in, CaptureLimits limits, Consumer<CaptureEvent> listener)
            throws IOException {
        PushbackInputStream whole = new PushbackInputStream(in, CaptureKind.BYTES_NEEDED);
        byte[] head = whole.readNBytes(CaptureKind.BYTES_NEEDED);
        whole.unread(head);
        Optional<CaptureKind> kind = CaptureKind.of(head);
        if (kind.isEmpty()) {
            throw new CaptureException(0, whatElse(head));
        }
        Report report = new Report(limits, listener);
        switch (kind.get()) {
            case PCAP -> readPackets(new PcapFile(new FileInput(whole)), report);
            case PCAPNG -> readPackets(new PcapngFile(new FileInput(whole)), report);
            case CONVERSATION -> ConversationFile.read(whole, report);
        }
        return report.summary();
    }

    private static String whatElse(byte[] head) {
        if (head.length == 0) {
            return "the file is empty";
        }
        if (head.length > 1 && head[0] == 0x1F && (head[1] & 0xFF) == 0x8B) {
            return "the file is compressed with gzip; unpack it first";
        }
        return "no pcap, pcapng or recorded conversation begins like this";
    }

    private static void readPackets(PacketFile file, Report report) throws IOException {
        TcpConnections connections = new TcpConnections(report);
        try {
            Packet packet = file.next();
            while (packet != null) {
                report.packet();
                TcpSegment segment = segment(packet, report);
                if (segment != null) {
                    connections.segment(segment);
                }
                packet = file.next();
            }
        } catch (CaptureException e) {
            connections.finish();
            throw e;
        }
        connections.finish();
    }

    private static @Nullable TcpSegment segment(Packet packet, Report report) {
        try {
            if (!LinkType.moveToIp(packet)) {
                report.otherPacket();
                return null;
            }
            IpPacket ip = IpPacket.of(packet.bytes());
            if (ip.protocol() != IpPacket.TCP) {
                report.otherPacket();
                return null;
            }
            if (ip.fragment()) {
                report.fragment();
                return null;
            }
            return TcpSegment.of(packet.time(), ip);
        } catch (IpPacket.Unreadable e) {
            report.unreadablePacket();
            return null;
        }
    }
}
