package dev.nettcp.sharing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.CharsetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of one message, cut into its fields.
 *
 * <pre>
 *  0     2        4
 *  +-----+--------+---------+
 *  | tag | length | value … |   any number of these, in any order, all numbers big-endian
 *  +-----+--------+---------+
 * </pre>
 *
 * A tag nobody asks for is a field of a later version and is skipped. Of a tag that may stand once the first one counts.
 */
final class Fields {
    private record Field(int tag, ByteBuf value) {}

    private final String message;
    private final List<Field> fields = new ArrayList<>();

    /** Reads {@code body} to its end; {@code message} names it in complaints. */
    Fields(String message, ByteBuf body) throws ControlProtocolException {
        this.message = message;
        while (body.isReadable()) {
            if (body.readableBytes() < 4) {
                throw broken("ends within the head of a field");
            }
            int tag = body.readUnsignedShort();
            int length = body.readUnsignedShort();
            if (length > body.readableBytes()) {
                throw broken("announces %d bytes in field %d and has %d".formatted(length, tag, body.readableBytes()));
            }
            fields.add(new Field(tag, body.readSlice(length)));
        }
    }

    String text(int tag) throws ControlProtocolException {
        return text(tag, bytes(tag));
    }

    List<String> texts(int tag) throws ControlProtocolException {
        List<String> texts = new ArrayList<>();
        for (Field field : fields) {
            if (field.tag == tag) {
                texts.add(text(tag, ByteBufUtil.getBytes(field.value)));
            }
        }
        return texts;
    }

    /** Named values: each a field of its own, 2 bytes length of the name, name, value. */
    Map<String, String> pairs(int tag) throws ControlProtocolException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (Field field : fields) {
            if (field.tag != tag) {
                continue;
            }
            ByteBuf value = field.value.duplicate();
            int name = value.readableBytes() < 2 ? -1 : value.readUnsignedShort();
            if (name < 0 || name > value.readableBytes()) {
                throw broken("has a broken name in field " + tag);
            }
            byte[] key = new byte[name];
            value.readBytes(key);
            byte[] rest = new byte[value.readableBytes()];
            value.readBytes(rest);
            pairs.put(text(tag, key), text(tag, rest));
        }
        return pairs;
    }

    /** A number of exactly 4 bytes, unsigned. */
    long number(int tag) throws ControlProtocolException {
        byte[] value = bytes(tag);
        if (value.length != 4) {
            throw broken("has %d bytes in field %d, a number of 4".formatted(value.length, tag));
        }
        return ByteBuffer.wrap(value).getInt() & 0xFFFF_FFFFL;
    }

    /** A number that must fit a Java int; larger ones do not occur in this protocol's small sets and counts. */
    int smallNumber(int tag) throws ControlProtocolException {
        long number = number(tag);
        if (number > Integer.MAX_VALUE) {
            throw broken("has the value %d in field %d; at most 2147483647 is allowed".formatted(number, tag));
        }
        return (int) number;
    }

    /** 4 or 16 bytes of IP address and 2 of port; after an IPv6 address 4 more with its scope (0: none). */
    InetSocketAddress address(int tag) throws ControlProtocolException {
        ByteBuffer value = ByteBuffer.wrap(bytes(tag));
        boolean v6 = value.remaining() == 22;
        if (!v6 && value.remaining() != 6) {
            throw broken("has %d bytes in field %d; an address has 6 or 22".formatted(value.remaining(), tag));
        }
        byte[] ip = new byte[v6 ? 16 : 4];
        value.get(ip);
        int port = value.getShort() & 0xFFFF;
        try {
            int scope = v6 ? value.getInt() : 0;
            InetAddress address =
                    scope == 0 ? InetAddress.getByAddress(ip) : Inet6Address.getByAddress(null, ip, scope);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw broken("has no address in field " + tag + ": " + e.getMessage());
        }
    }

    byte[] bytes(int tag) throws ControlProtocolException {
        byte[] value = find(tag);
        if (value == null) {
            throw broken("lacks field " + tag);
        }
        return value;
    }

    ControlProtocolException broken(String how) {
        return new ControlProtocolException("message %s %s".formatted(message, how));
    }

    private byte @Nullable [] find(int tag) {
        for (Field field : fields) {
            if (field.tag == tag) {
                return ByteBufUtil.getBytes(field.value);
            }
        }
        return null;
    }

    private String text(int tag, byte[] utf8) throws ControlProtocolException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken("has no UTF-8 text in field " + tag);
        }
    }

    // ---- writing -------------------------------------------------------------------------------------------------

    static void put(ByteBuf out, int tag, byte[] value) {
        head(out, tag, value.length);
        out.writeBytes(value);
    }

    static void put(ByteBuf out, int tag, String text) {
        put(out, tag, text.getBytes(CharsetUtil.UTF_8));
    }

    static void put(ByteBuf out, int tag, long number) {
        head(out, tag, 4);
        out.writeInt((int) number);
    }

    static void put(ByteBuf out, int tag, ByteBuf value) {
        head(out, tag, value.readableBytes());
        out.writeBytes(value, value.readerIndex(), value.readableBytes());
    }

    static void put(ByteBuf out, int tag, InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException("an address of the kernel is expected, not the name " + address);
        }
        head(out, tag, ip instanceof Inet4Address ? 6 : 22);
        out.writeBytes(ip.getAddress());
        out.writeShort(address.getPort());
        if (ip instanceof Inet6Address v6) {
            out.writeInt(v6.getScopeId());
        }
    }

    static void put(ByteBuf out, int tag, Map<String, String> pairs) {
        pairs.forEach((name, text) -> {
            byte[] key = name.getBytes(CharsetUtil.UTF_8);
            byte[] value = text.getBytes(CharsetUtil.UTF_8);
            head(out, tag, 2 + key.length + value.length);
            out.writeShort(key.length).writeBytes(key).writeBytes(value);
        });
    }

    private static void head(ByteBuf out, int tag, int length) {
        if (length > 0xFFFF) {
            throw new IllegalArgumentException(
                    "field %d of %d bytes; a field holds at most 65535".formatted(tag, length));
        }
        out.writeShort(tag).writeShort(length);
    }
}
