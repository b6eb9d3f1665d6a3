package dev.nettcp.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** Bytes as people write them in tests: {@code "00 01 00"}. */
public final class Hex {

    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    private Hex() {}

    /** Parses hex digits of either case; white space between bytes is ignored. */
    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /** As {@link #bytes}, as a heap buffer that need not be released. */
    public static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(bytes(hex));
    }

    /** Lower-case digits without spaces. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The readable bytes of the buffer, whose indices stay where they are. */
    public static String of(ByteBuf buffer) {
        return ByteBufUtil.hexDump(buffer);
    }

    /** Lower-case digits with a space between bytes, for messages. */
    public static String spaced(byte[] bytes) {
        return SPACED.formatHex(bytes);
    }
}
