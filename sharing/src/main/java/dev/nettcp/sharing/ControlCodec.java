package dev.nettcp.sharing;

import static dev.nettcp.sharing.Fields.put;

import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.sharing.ControlMessage.AdminEnd;
import dev.nettcp.sharing.ControlMessage.AdminRequest;
import dev.nettcp.sharing.ControlMessage.AdminRow;
import dev.nettcp.sharing.ControlMessage.Declined;
import dev.nettcp.sharing.ControlMessage.Hello;
import dev.nettcp.sharing.ControlMessage.LaneHello;
import dev.nettcp.sharing.ControlMessage.LaneOpened;
import dev.nettcp.sharing.ControlMessage.Offer;
import dev.nettcp.sharing.ControlMessage.Ready;
import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Register;
import dev.nettcp.sharing.ControlMessage.Registered;
import dev.nettcp.sharing.ControlMessage.Taken;
import dev.nettcp.sharing.ControlMessage.Unknown;
import dev.nettcp.sharing.ControlMessage.Unregister;
import dev.nettcp.sharing.ControlMessage.Unregistered;
import dev.nettcp.sharing.ControlMessage.Validate;
import dev.nettcp.sharing.ControlMessage.Validated;
import dev.nettcp.sharing.ControlMessage.Welcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The only place that knows how a {@link ControlMessage} looks on a control session or lane.
 *
 * <pre>
 *  0      4      6
 *  +------+------+-----------------------------+
 *  | size | type | fields ({@link Fields}) … |   size counts type and fields; numbers are big-endian
 *  +------+------+-----------------------------+
 * </pre>
 */
public final class ControlCodec {
    /** Largest size the service accepts, as the original's MaxReceivedMessageSize. */
    public static final int MAX_SIZE_TO_SERVICE = 10_000;

    /** Largest size a worker or an operator's command accepts. */
    public static final int MAX_SIZE_FROM_SERVICE = 16_384;

    private static final int OPTIONAL_TYPES = 0x8000;

    private final int maxSize;

    /**
     * A decoder for one direction of one socket.
     *
     * @param maxSize what the size of a message may be at most; a larger one is refused as soon as its size is read
     */
    public ControlCodec(int maxSize) {
        this.maxSize = maxSize;
    }

    /**
     * Decodes the next message, or returns null and leaves {@code in} untouched while bytes of it are missing.
     *
     * @throws ControlProtocolException if what is there is no message of this protocol; the socket cannot be read on
     */
    public @Nullable ControlMessage decode(ByteBuf in) throws ControlProtocolException {
        if (in.readableBytes() < 4) {
            return null;
        }
        long size = in.getUnsignedInt(in.readerIndex());
        if (size < 2 || size > maxSize) {
            throw new ControlProtocolException(
                    "a message announces %d bytes; 2 to %d are allowed here".formatted(size, maxSize));
        }
        if (in.readableBytes() < 4 + size) {
            return null;
        }
        in.skipBytes(4);
        return decode(in.readUnsignedShort(), in.readSlice((int) size - 2));
    }

    /** How many bytes may be read after {@code begun} without reading beyond the message it begins with; at least 1. */
    public int bytesMissing(ByteBuf begun) {
        int there = begun.readableBytes();
        if (there < 4) {
            return 4 - there;
        }
        long size = Math.min(begun.getUnsignedInt(begun.readerIndex()), maxSize);
        return (int) Math.max(1, 4 + size - there);
    }

    private static ControlMessage decode(int type, ByteBuf body) throws ControlProtocolException {
        Fields f = new Fields("0x%04X".formatted(type), body);
        return switch (type) {
            case 0x0001 -> new Hello(version(f), f.text(3), f.texts(4));
            case 0x0002 -> new Welcome(version(f), f.text(3), f.texts(4));
            case 0x0003 -> new Refused(status(f, 1), f.text(2));
            case 0x0010 -> new Register(f.text(1), mode(f.number(2)));
            case 0x0011 -> new Registered(status(f, 1), f.text(2), token(f, 3), f.smallNumber(4));
            case 0x0012 -> new Validate(f.number(1), f.text(2), f.address(3));
            case 0x0013 -> new Validated(f.number(1), RouteOwner.of(f.number(2)));
            case 0x0014 -> new Unregister();
            case 0x0015 -> new Unregistered();
            case 0x0020 -> new AdminRequest(f.number(1), f.text(2), f.pairs(3));
            case 0x0021 -> new AdminRow(f.number(1), f.pairs(3));
            case 0x0022 -> new AdminEnd(f.number(1), status(f, 2), f.text(3));
            case 0x0030 -> new LaneHello(token(f, 1), LaneDirection.of(f.smallNumber(2)));
            case 0x0031 -> new LaneOpened();
            case 0x0032 -> new Offer(f.number(1), header(f));
            case 0x0033 -> new Ready(f.number(1));
            case 0x0034 -> new Taken(f.number(1));
            case 0x0035 -> new Declined(f.number(1), new DeclineReason(f.smallNumber(2)), f.text(3));
            default -> unknown(type);
        };
    }

    /** Appends the message to {@code out}. */
    public static void encode(ControlMessage message, ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        writeBody(message, out);
        out.setInt(start, out.writerIndex() - start - 4);
    }

    private static void writeBody(ControlMessage message, ByteBuf out) {
        if (message instanceof Hello m) {
            out.writeShort(0x0001);
            greeting(out, m.version(), m.product(), m.features());
        } else if (message instanceof Welcome m) {
            out.writeShort(0x0002);
            greeting(out, m.version(), m.product(), m.features());
        } else if (message instanceof Refused m) {
            out.writeShort(0x0003);
            put(out, 1, m.status().code());
            put(out, 2, m.text());
        } else if (message instanceof Register m) {
            out.writeShort(0x0010);
            put(out, 1, m.baseAddress());
            put(out, 2, number(m.mode()));
        } else if (message instanceof Registered m) {
            out.writeShort(0x0011);
            put(out, 1, m.status().code());
            put(out, 2, m.text());
            put(out, 3, m.token().bytes());
            put(out, 4, m.lanes());
        } else if (message instanceof Validate m) {
            out.writeShort(0x0012);
            put(out, 1, m.id());
            put(out, 2, m.via());
            put(out, 3, m.local());
        } else if (message instanceof Validated m) {
            out.writeShort(0x0013);
            put(out, 1, m.id());
            put(out, 2, m.owner().code());
        } else if (message instanceof Unregister) {
            out.writeShort(0x0014);
        } else if (message instanceof Unregistered) {
            out.writeShort(0x0015);
        } else if (message instanceof AdminRequest m) {
            out.writeShort(0x0020);
            put(out, 1, m.id());
            put(out, 2, m.command());
            put(out, 3, m.arguments());
        } else if (message instanceof AdminRow m) {
            out.writeShort(0x0021);
            put(out, 1, m.id());
            put(out, 3, m.values());
        } else if (message instanceof AdminEnd m) {
            out.writeShort(0x0022);
            put(out, 1, m.id());
            put(out, 2, m.status().code());
            put(out, 3, m.text());
        } else if (message instanceof LaneHello m) {
            out.writeShort(0x0030);
            put(out, 1, m.token().bytes());
            put(out, 2, m.direction().code());
        } else if (message instanceof LaneOpened) {
            out.writeShort(0x0031);
        } else if (message instanceof Offer m) {
            out.writeShort(0x0032);
            put(out, 1, m.sequence());
            put(out, 2, m.header().via());
            put(out, 3, m.header().local());
            put(out, 4, m.header().remote());
            put(out, 5, m.header().bytesRead());
        } else if (message instanceof Ready m) {
            out.writeShort(0x0033);
            put(out, 1, m.sequence());
        } else if (message instanceof Taken m) {
            out.writeShort(0x0034);
            put(out, 1, m.sequence());
        } else if (message instanceof Declined m) {
            out.writeShort(0x0035);
            put(out, 1, m.sequence());
            put(out, 2, m.reason().code());
            put(out, 3, m.text());
        } else if (message instanceof Unknown m) {
            out.writeShort(m.type());
        }
    }

    private static ControlMessage unknown(int type) throws ControlProtocolException {
        if (type < OPTIONAL_TYPES) {
            throw new ControlProtocolException(
                    "message 0x%04X is not known here and is not optional (0x8000 and above)".formatted(type));
        }
        return new Unknown(type);
    }

    private static void greeting(ByteBuf out, ProtocolVersion version, String product, Iterable<String> features) {
        put(out, 1, version.major());
        put(out, 2, version.minor());
        put(out, 3, product);
        features.forEach(feature -> put(out, 4, feature));
    }

    private static ProtocolVersion version(Fields f) throws ControlProtocolException {
        int major = f.smallNumber(1);
        if (major < 1) {
            throw f.broken("has the major version 0; the first is 1");
        }
        return new ProtocolVersion(major, f.smallNumber(2));
    }

    private static StatusCode status(Fields f, int tag) throws ControlProtocolException {
        return new StatusCode(f.smallNumber(tag));
    }

    private static LaneToken token(Fields f, int tag) throws ControlProtocolException {
        byte[] bytes = f.bytes(tag);
        if (bytes.length != LaneToken.SIZE) {
            throw f.broken("has %d bytes in field %d; a token has 16".formatted(bytes.length, tag));
        }
        return LaneToken.of(bytes);
    }

    private static HandoverHeader header(Fields f) throws ControlProtocolException {
        return new HandoverHeader(f.text(2), f.address(3), f.address(4), Unpooled.wrappedBuffer(f.bytes(5)));
    }

    private static int number(HostNameComparisonMode mode) {
        return switch (mode) {
            case STRONG_WILDCARD -> 0;
            case EXACT -> 1;
            case WEAK_WILDCARD -> 2;
        };
    }

    private static HostNameComparisonMode mode(long number) throws ControlProtocolException {
        if (number == 0) {
            return HostNameComparisonMode.STRONG_WILDCARD;
        } else if (number == 1) {
            return HostNameComparisonMode.EXACT;
        } else if (number == 2) {
            return HostNameComparisonMode.WEAK_WILDCARD;
        }
        throw new ControlProtocolException(
                "host name comparison mode %d; known are 0 (StrongWildcard), 1 (Exact) and 2".formatted(number)
                        + " (WeakWildcard)");
    }
}
