package dev.nettcp.interop.crash;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client's end of a connection, in this process or in one of its own. */
interface Client extends AutoCloseable {

    void sends(byte[] bytes);

    @Override
    void close();

    /** Version, mode duplex, via, binary encoding with a session dictionary, preamble end; [MC-NMF] 2.2.3. */
    static byte[] preamble(String via) {
        byte[] uri = via.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 1, 0, 1, 2, 2, (byte) uri.length});
        bytes.writeBytes(uri);
        bytes.writeBytes(new byte[] {3, 8, 0x0c});
        return bytes.toByteArray();
    }

    static byte[] firstHalf(byte[] bytes) {
        return Arrays.copyOfRange(bytes, 0, bytes.length / 2);
    }

    static byte[] secondHalf(byte[] bytes) {
        return Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length);
    }
}
