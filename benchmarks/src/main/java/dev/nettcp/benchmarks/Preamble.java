package dev.nettcp.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The bytes with which a WCF client opens a buffered session without security, all in one write, [MC-NMF] 2.2.3. */
final class Preamble {

    private Preamble() {}

    static byte[] of(String via) {
        byte[] uri = via.getBytes(UTF_8);
        if (uri.length > 127) throw new IllegalArgumentException("a via of more than 127 bytes: " + via);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0x00, 1, 0}); // version 1.0
        bytes.writeBytes(new byte[] {0x01, 2}); // duplex
        bytes.writeBytes(new byte[] {0x02, (byte) uri.length});
        bytes.writeBytes(uri);
        bytes.writeBytes(new byte[] {0x03, 8}); // binary with session dictionary
        bytes.write(0x0C); // end of the preamble
        return bytes.toByteArray();
    }
}
