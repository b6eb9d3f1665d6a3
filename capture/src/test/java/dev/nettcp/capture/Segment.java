package dev.nettcp.capture;

/** A segment to be written into a capture, with numbers relative to the first of its side. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Segment(boolean fromClient, long sequence, long acknowledged, int flags, byte[] data) {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
}
