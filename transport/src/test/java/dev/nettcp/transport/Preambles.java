package dev.nettcp.transport;

import dev.nettcp.framing.ContentType;
import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.FramingMode;
import dev.nettcp.framing.Preamble;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Preambles of duplex sessions with the binary session encoding, as hex. */
final class Preambles {

    private Preambles() {}

    /** Version, mode, via, encoding. */
    static String upToEncoding(ViaUri via) {
        ByteBuf out = Unpooled.buffer();
        new Preamble(FramingMode.DUPLEX, via, ContentType.BINARY_SESSION)
                .records()
                .forEach(record -> FramingEncoder.encode(record, out));
        return Hex.of(out);
    }

    /** All of it, for a session without an upgrade. */
    static String whole(ViaUri via) {
        return upToEncoding(via) + "0c";
    }
}
