package dev.nettcp.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nettcp.framing.FramingRecord.End;
import dev.nettcp.framing.FramingRecord.ExtensibleEncoding;
import dev.nettcp.framing.FramingRecord.Fault;
import dev.nettcp.framing.FramingRecord.KnownEncoding;
import dev.nettcp.framing.FramingRecord.Mode;
import dev.nettcp.framing.FramingRecord.PreambleAck;
import dev.nettcp.framing.FramingRecord.PreambleEnd;
import dev.nettcp.framing.FramingRecord.SizedEnvelope;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeChunk;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeEnd;
import dev.nettcp.framing.FramingRecord.UnsizedEnvelopeStart;
import dev.nettcp.framing.FramingRecord.UpgradeRequest;
import dev.nettcp.framing.FramingRecord.UpgradeResponse;
import dev.nettcp.framing.FramingRecord.Version;
import dev.nettcp.framing.FramingRecord.Via;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from the bytes of one direction of one connection, however they are cut. Knows layouts and limits; which
 * record may come now is the session's question.
 *
 * <p>A record is read whole or not at all: while bytes are missing the buffer stays as it was. The exception is the
 * unsized envelope, which has no known end: it comes as a start, any number of chunks and an end. Nothing behind the
 * returned record is touched, so that a caller may stop after any record and hand the rest to somebody else.
 *
 * <p>The bytes of an envelope are not copied: the record holds a retained slice of the buffer it came in. Whoever collects
 * bytes in that buffer does not move them (discardReadBytes) while such a slice is held, which its reference count tells.
 *
 * <p>Not thread-safe: belongs to whoever owns the connection. After a {@link FramingException} it is of no more use.
 */
public final class FramingDecoder {
    private enum Position {
        BETWEEN_RECORDS,
        BETWEEN_CHUNKS,
        IN_CHUNK
    }

    private FramingLimits limits;
    private Position position = Position.BETWEEN_RECORDS;
    private int chunkBytesToCome;
    private long envelopeBytes;

    public FramingDecoder(FramingLimits limits) {
        this.limits = limits;
    }

    /** From the next record on these limits hold: an endpoint may have its own. */
    public void limits(FramingLimits newLimits) {
        this.limits = newLimits;
    }

    /**
     * The next record, or null and {@code in} untouched while bytes are missing.
     *
     * @throws FramingException if the bytes are no record, or one over a limit
     */
    public @Nullable FramingRecord decode(ByteBuf in) {
        int start = in.readerIndex();
        FramingRecord record = !in.isReadable()
                ? null
                : switch (position) {
                    case BETWEEN_RECORDS -> decodeRecord(in);
                    case BETWEEN_CHUNKS -> decodeChunkSize(in);
                    case IN_CHUNK -> decodeChunk(in);
                };
        if (record == null && position != Position.IN_CHUNK) {
            in.readerIndex(start);
        }
        return record;
    }

    /**
     * The type of the record that begins with the next byte; null while there is no such byte, or inside an unsized
     * envelope. Lets a session refuse a record that is out of order before a single byte of its content is awaited.
     *
     * @throws FramingException if the byte is no type of the specification
     */
    public @Nullable RecordType nextType(ByteBuf in) {
        if (position != Position.BETWEEN_RECORDS || !in.isReadable()) {
            return null;
        }
        return type(in.getUnsignedByte(in.readerIndex()));
    }

    /**
     * A lower bound of the bytes that are missing until the next record is complete: so many may be read without reading
     * past it, and for a sized envelope whose size is known the bound is exact. At least 1; meaningful after {@link
     * #decode} has returned null.
     */
    public int bytesMissing(ByteBuf in) {
        RecordType type = nextType(in);
        if (type == null) {
            return 1;
        }
        long record = switch (type) {
            case VIA, EXTENSIBLE_ENCODING, SIZED_ENVELOPE, FAULT, UPGRADE_REQUEST -> bytesWithSize(in);
            default -> type.leastBytes();
        };
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, record - in.readableBytes()));
    }

    /** Type, size and content: at least one byte more than there are while the size itself is not complete. */
    private static long bytesWithSize(ByteBuf in) {
        ByteBuf ahead = in.slice().skipBytes(1);
        int size = MultiByteInt.read(ahead);
        return size == MultiByteInt.INCOMPLETE ? 0 : (long) ahead.readerIndex() + size;
    }

    /** Whether an unsized envelope has begun and not ended. */
    public boolean insideEnvelope() {
        return position != Position.BETWEEN_RECORDS;
    }

    private static RecordType type(int value) {
        RecordType type = RecordType.of(value);
        if (type == null) {
            throw FramingException.abort(
                    "0x%02X is no record type (0x00 to 0x0C are)%s".formatted(value, whatElse(value)));
        }
        return type;
    }

    /** The guesses that help those who took the wrong port: letters begin HTTP, 0x15 and 0x16 alerts and hellos of TLS. */
    private static String whatElse(int value) {
        if (value == 0x15 || value == 0x16) {
            return ": the peer may speak TLS";
        }
        return value < 0x80 && Character.isLetter(value) ? ": the peer may speak HTTP" : "";
    }

    private @Nullable FramingRecord decodeRecord(ByteBuf in) {
        return switch (type(in.readUnsignedByte())) {
            case VERSION -> decodeVersion(in);
            case MODE -> in.isReadable() ? decodeMode(in.readUnsignedByte()) : null;
            case VIA -> decodeVia(in);
            case KNOWN_ENCODING -> in.isReadable() ? new KnownEncoding(in.readUnsignedByte()) : null;
            case EXTENSIBLE_ENCODING -> decodeExtensibleEncoding(in);
            case UNSIZED_ENVELOPE -> startUnsizedEnvelope();
            case SIZED_ENVELOPE -> decodeSizedEnvelope(in);
            case END -> new End();
            case FAULT -> decodeFault(in);
            case UPGRADE_REQUEST -> decodeUpgradeRequest(in);
            case UPGRADE_RESPONSE -> new UpgradeResponse();
            case PREAMBLE_ACK -> new PreambleAck();
            case PREAMBLE_END -> new PreambleEnd();
        };
    }

    /** {@code 00 major minor}. Another major version is refused at once: what follows has no layout that we know. */
    private static @Nullable FramingRecord decodeVersion(ByteBuf in) {
        if (!in.isReadable()) {
            return null;
        }
        int major = in.readUnsignedByte();
        if (major != Version.CURRENT.major()) {
            throw FramingException.fault(
                    FaultCode.UNSUPPORTED_VERSION, "major version %d, only 1 is supported".formatted(major));
        }
        return in.isReadable() ? new Version(major, in.readUnsignedByte()) : null;
    }

    private static FramingRecord decodeMode(int value) {
        return new Mode(FramingMode.of(value)
                .orElseThrow(() -> FramingException.fault(
                        FaultCode.UNSUPPORTED_MODE, "mode %d is undefined: 1 to 4 are".formatted(value))));
    }

    private @Nullable FramingRecord decodeVia(ByteBuf in) {
        String text = string(
                in,
                limits.maxViaBytes(),
                size -> FramingException.faultUnknownToOriginal(
                        FaultCode.VIA_TOO_LONG, overLimit("via", size, "maxViaBytes", limits.maxViaBytes())));
        return text == null ? null : new Via(text);
    }

    private @Nullable FramingRecord decodeExtensibleEncoding(ByteBuf in) {
        int limit = limits.maxContentTypeBytes();
        String text = string(
                in,
                limit,
                size -> FramingException.faultUnknownToOriginal(
                        FaultCode.CONTENT_TYPE_TOO_LONG,
                        overLimit("content type", size, "maxContentTypeBytes", limit)));
        return text == null ? null : new ExtensibleEncoding(text);
    }

    private @Nullable FramingRecord decodeFault(ByteBuf in) {
        int limit = limits.maxFaultBytes();
        String text =
                string(in, limit, size -> FramingException.abort(overLimit("fault", size, "maxFaultBytes", limit)));
        return text == null ? null : new Fault(new FaultCode(text));
    }

    private @Nullable FramingRecord decodeUpgradeRequest(ByteBuf in) {
        int limit = limits.maxUpgradeBytes();
        String text = string(
                in, limit, size -> FramingException.abort(overLimit("upgrade name", size, "maxUpgradeBytes", limit)));
        return text == null ? null : new UpgradeRequest(text);
    }

    /** {@code 06 size bytes}: refused by its size alone, or returned when all its bytes are there. */
    private @Nullable FramingRecord decodeSizedEnvelope(ByteBuf in) {
        int size = MultiByteInt.read(in);
        if (size == MultiByteInt.INCOMPLETE) {
            return null;
        }
        if (size == 0) {
            throw FramingException.abort("a sized envelope without a byte: the specification wants at least one");
        }
        if (size > limits.maxEnvelopeBytes()) {
            throw envelopeTooLarge(size, size);
        }
        return in.isReadable(size) ? new SizedEnvelope(in.readRetainedSlice(size)) : null;
    }

    private FramingRecord startUnsizedEnvelope() {
        position = Position.BETWEEN_CHUNKS;
        envelopeBytes = 0;
        return new UnsizedEnvelopeStart();
    }

    private @Nullable FramingRecord decodeChunkSize(ByteBuf in) {
        int size = MultiByteInt.read(in);
        if (size == MultiByteInt.INCOMPLETE) {
            return null;
        }
        if (size == 0) {
            position = Position.BETWEEN_RECORDS;
            return new UnsizedEnvelopeEnd();
        }
        envelopeBytes += size;
        if (envelopeBytes > limits.maxEnvelopeBytes()) {
            throw envelopeTooLarge(envelopeBytes, size);
        }
        chunkBytesToCome = size;
        position = Position.IN_CHUNK;
        return decodeChunk(in);
    }

    /** Whatever of the chunk has arrived: a chunk may announce more than anybody would like to collect. */
    private @Nullable FramingRecord decodeChunk(ByteBuf in) {
        int size = Math.min(chunkBytesToCome, in.readableBytes());
        if (size == 0) {
            return null;
        }
        chunkBytesToCome -= size;
        if (chunkBytesToCome == 0) {
            position = Position.BETWEEN_CHUNKS;
        }
        return new UnsizedEnvelopeChunk(in.readRetainedSlice(size));
    }

    /** Size, then as many bytes of UTF-8; malformed bytes become replacement characters, as in .NET. */
    private static @Nullable String string(ByteBuf in, int limit, Function<Integer, FramingException> tooLong) {
        int size = MultiByteInt.read(in);
        if (size > limit) {
            throw tooLong.apply(size);
        }
        return size == MultiByteInt.INCOMPLETE || !in.isReadable(size)
                ? null
                : in.readCharSequence(size, UTF_8).toString();
    }

    private FramingException envelopeTooLarge(long size, long bytesToCome) {
        return FramingException.envelopeTooLarge(
                bytesToCome, overLimit("envelope", size, "maxEnvelopeBytes", limits.maxEnvelopeBytes()));
    }

    private static String overLimit(String what, long size, String limitName, long limit) {
        return "%s of %d bytes exceeds %s=%d".formatted(what, size, limitName, limit);
    }
}
