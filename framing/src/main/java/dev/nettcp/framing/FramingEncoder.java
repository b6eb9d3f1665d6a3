package dev.nettcp.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Writes records. Knows layouts only: whether a record may be sent now is the session's question. */
public final class FramingEncoder {
    private FramingEncoder() {}

    /**
     * Appends one record. The bytes of an envelope are copied and its buffer is left as it was: not released, and its
     * reader index untouched. {@link #sizedEnvelopeHeader} and {@link #chunkHeader} serve those who will not copy.
     */
    public static void encode(FramingRecord record, ByteBuf out) {
        if (record instanceof FramingRecord.UnsizedEnvelopeChunk chunk) {
            chunkHeader(chunk.content().readableBytes(), out);
            appendCopy(chunk.content(), out);
        } else if (record instanceof FramingRecord.UnsizedEnvelopeEnd) {
            out.writeByte(0);
        } else if (record instanceof FramingRecord.SizedEnvelope envelope) {
            sizedEnvelopeHeader(envelope.payload().readableBytes(), out);
            appendCopy(envelope.payload(), out);
        } else {
            out.writeByte(record.type().value());
            encodeContent(record, out);
        }
    }

    private static void encodeContent(FramingRecord record, ByteBuf out) {
        if (record instanceof FramingRecord.Version version) {
            out.writeByte(version.major()).writeByte(version.minor());
        } else if (record instanceof FramingRecord.Mode mode) {
            out.writeByte(mode.mode().value());
        } else if (record instanceof FramingRecord.Via via) {
            string(via.uri(), out);
        } else if (record instanceof FramingRecord.KnownEncoding known) {
            out.writeByte(known.code());
        } else if (record instanceof FramingRecord.ExtensibleEncoding extensible) {
            string(extensible.contentType(), out);
        } else if (record instanceof FramingRecord.Fault fault) {
            string(fault.code().uri(), out);
        } else if (record instanceof FramingRecord.UpgradeRequest request) {
            string(request.protocol(), out);
        }
    }

    /** Appends {@code 06 size}; the {@code size} bytes of the envelope are to follow in the same write. */
    public static void sizedEnvelopeHeader(int size, ByteBuf out) {
        requireBytes(size, "a sized envelope");
        out.writeByte(RecordType.SIZED_ENVELOPE.value());
        MultiByteInt.write(size, out);
    }

    /** How many bytes {@link #sizedEnvelopeHeader} appends: 2 to 6. */
    public static int sizedEnvelopeHeaderLength(int size) {
        return 1 + MultiByteInt.encodedLength(size);
    }

    /** Appends the size of a chunk; the {@code size} bytes of the chunk are to follow. */
    public static void chunkHeader(int size, ByteBuf out) {
        requireBytes(size, "a chunk (the size 0 ends the envelope)");
        MultiByteInt.write(size, out);
    }

    /** How many bytes {@link #chunkHeader} appends: 1 to 5. */
    public static int chunkHeaderLength(int size) {
        return MultiByteInt.encodedLength(size);
    }

    private static void string(String text, ByteBuf out) {
        MultiByteInt.write(ByteBufUtil.utf8Bytes(text), out);
        out.writeCharSequence(text, UTF_8);
    }

    private static void appendCopy(ByteBuf content, ByteBuf out) {
        out.writeBytes(content, content.readerIndex(), content.readableBytes());
    }

    private static void requireBytes(int size, String what) {
        if (size < 1) {
            throw new IllegalArgumentException("%s has at least one byte, not %d".formatted(what, size));
        }
    }
}
