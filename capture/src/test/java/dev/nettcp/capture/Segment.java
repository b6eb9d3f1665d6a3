package dev.nettcp.capture;

/** A segment to be written into a capture, with numbers relative to the first of its side. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Segment(boolean fromClient, long sequence, long acknowledged, int flags, byte[] data) {
    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
}
