package dev.nettcp.capture;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of packets. */
interface PacketFile {
    /** The next packet; null at the end of the file. */
    @Nullable
    Packet next() throws IOException;
}
