package dev.nettcp.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Whether bytes look like the beginning of a record: how reading begins in mid-stream and goes on after a loss. Senders put each
 * record, or each run of them, into a segment of its own, so the beginnings of segments are the places to look at.
 *
 * <p>A single type byte proves little, so more is asked for: of a preamble its first three records, of an envelope the beginning of
 * a SOAP envelope behind a plausible size and table, of the records of one byte that they stand alone.
 */
final class RecordStart {
    private static final int END = 0x07;
    private static final int FAULT = 0x08;
    private static final int PREAMBLE_ACK = 0x0B;
    private static final int PREAMBLE_END = 0x0C;
    private static final int UNSIZED = 0x05;
    private static final int SIZED = 0x06;

    private static final int BYTES_SHOWN = 8;
    private static final int NOT_A_NUMBER = -1;

    private RecordStart() {}

    /** {@code 00 01 minor 01 mode 02}: version 1, mode, via. */
    static boolean isPreamble(ByteBuffer bytes) {
        return isPreamble(Unpooled.wrappedBuffer(bytes));
    }

    static boolean isPreamble(ByteBuf in) {
        int at = in.readerIndex();
        return in.readableBytes() >= 6
                && in.getByte(at) == 0
                && in.getByte(at + 1) == 1
                && in.getByte(at + 3) == 1
                && in.getByte(at + 5) == 2;
    }

    /**
     * Whether a direction that is seen from its first byte is net.tcp: a version and a mode record, or an answer to them. Anything
     * that is net.tcp in the wrong version is, too.
     */
    static boolean begins(Side side, ByteBuf in) {
        int first = in.getUnsignedByte(in.readerIndex());
        if (side == Side.SERVER) {
            return first == PREAMBLE_ACK || first == FAULT || first == 0x0A;
        }
        return first == 0 && (in.readableBytes() < 4 || in.getByte(in.readerIndex() + 3) == 1);
    }

    /** The first bytes of something else, in hexadecimal and as text, with a guess. */
    static String described(ByteBuf in) {
        byte[] first = ByteBufUtil.getBytes(in, in.readerIndex(), Math.min(BYTES_SHOWN, in.readableBytes()));
        StringBuilder text = new StringBuilder();
        for (byte b : first) {
            text.append(b >= ' ' && b < 0x7F ? (char) b : '.');
        }
        String guess = first[0] == 0x16 || first[0] == 0x15
                ? ", perhaps TLS"
                : Character.isLetter(first[0]) ? ", perhaps HTTP" : "";
        return "%s \"%s\"%s".formatted(ByteBufUtil.hexDump(first), text, guess);
    }

    static boolean isAt(ByteBuf in) {
        if (isPreamble(in)) {
            return true;
        }
        ByteBuf ahead = in.slice();
        int type = ahead.readUnsignedByte();
        return switch (type) {
            case END, PREAMBLE_ACK, PREAMBLE_END -> !ahead.isReadable() || (type == PREAMBLE_ACK && isAt(ahead));
            case SIZED, UNSIZED -> number(ahead) > 0 && isMessage(ahead);
            case FAULT -> number(ahead) > 0 && ahead.isReadable() && ahead.getByte(ahead.readerIndex()) == 'h';
            default -> false;
        };
    }

    /** A SOAP envelope in binary XML, behind a table of strings or not, or in text. */
    private static boolean isMessage(ByteBuf in) {
        if (!in.isReadable()) {
            return false;
        }
        if (isEnvelope(in) || in.getByte(in.readerIndex()) == '<') {
            return true;
        }
        int table = number(in);
        return table >= 0 && in.isReadable(table) && isEnvelope(in.skipBytes(table));
    }

    /** {@code 56 02}: {@code <s:Envelope>} by its number in the dictionary. */
    private static boolean isEnvelope(ByteBuf in) {
        return in.isReadable(2) && in.getByte(in.readerIndex()) == 0x56 && in.getByte(in.readerIndex() + 1) == 2;
    }

    private static int number(ByteBuf in) {
        int value = 0;
        for (int shift = 0; shift <= 28 && in.isReadable(); shift += 7) {
            int next = in.readUnsignedByte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value < 0 ? NOT_A_NUMBER : value;
            }
        }
        return NOT_A_NUMBER;
    }
}
