package dev.nettcp.sharing.service;

import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.FramingRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Bytes of clients and answers of the service. */
public final class Preambles {
    private Preambles() {}

    /** {@code 00 01 00 01 02}, via, {@code 03 08}. */
    public static byte[] duplex(String via) {
        return of(FramingMode.DUPLEX, via, ContentType.BINARY_SESSION);
    }

    public static byte[] of(FramingMode mode, String via, ContentType contentType) {
        return encoded(
                FramingRecord.Version.CURRENT,
                new FramingRecord.Mode(mode),
                new FramingRecord.Via(via),
                contentType.toRecord());
    }

    public static byte[] fault(FaultCode fault) {
        return encoded(new FramingRecord.Fault(fault));
    }

    public static byte[] encoded(FramingRecord... records) {
        ByteBuf out = Unpooled.buffer();
        for (FramingRecord record : records) {
            FramingEncoder.encode(record, out);
        }
        return ByteBufUtil.getBytes(out);
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
