package dev.nettcp.transport;

import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Preambles as hex: of duplex sessions with the binary session encoding, of singleton sessions with the binary one. */
final class Preambles {

    private Preambles() {}

    /** Version, mode, via, encoding. */
    static String upToEncoding(ViaUri via) {
        return hex(new Preamble(FramingMode.DUPLEX, via, ContentType.BINARY_SESSION));
    }

    /** All of it, for a singleton session without an upgrade. */
    static String singleton(ViaUri via) {
        return hex(new Preamble(FramingMode.SINGLETON_UNSIZED, via, ContentType.BINARY)) + "0c";
    }

    private static String hex(Preamble preamble) {
        ByteBuf out = Unpooled.buffer();
        preamble.records().forEach(record -> FramingEncoder.encode(record, out));
        return Hex.of(out);
    }

    /** All of it, for a session without an upgrade. */
    static String whole(ViaUri via) {
        return upToEncoding(via) + "0c";
    }
}
