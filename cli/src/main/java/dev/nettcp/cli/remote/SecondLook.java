package dev.nettcp.cli.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nettcp.framing.FramingEncoder;
import dev.nettcp.framing.Preamble;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at what a server that did not acknowledge a session says in its own words: on a new connection, with the same preamble and two line feeds
 * behind it, by which a server of a protocol of lines has something to complain of.
 */
final class SecondLook {

    private static final int MOST_BYTES = 200;
    private static final int MOST_CHARACTERS = 60;

    private SecondLook() {}

    /** Its first words; empty if it says nothing within the time, or nothing but a record of net.tcp. */
    static Optional<String> words(InetSocketAddress address, Preamble preamble, Duration patience) {
        int millis = (int) Math.max(1, Math.min(patience.toMillis(), Integer.MAX_VALUE));
        try (Socket socket = new Socket()) {
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            OutputStream out = socket.getOutputStream();
            out.write(bytes(preamble));
            out.write("\r\n\r\n".getBytes(ISO_8859_1));
            return read(socket.getInputStream());
        } catch (IOException e) {
            return Optional.empty(); // it ended the connection, which is known already
        }
    }

    private static Optional<String> read(InputStream in) throws IOException {
        byte[] bytes = new byte[MOST_BYTES];
        int length = 0;
        try {
            length = Math.max(0, in.read(bytes));
        } catch (SocketTimeoutException e) {
            // silence
        }
        boolean netTcp = length == 0 || (bytes[0] >= 0 && bytes[0] <= 0x0C);
        return netTcp ? Optional.empty() : Optional.of(printable(bytes, length));
    }

    private static String printable(byte[] bytes, int length) {
        String line =
                new String(bytes, 0, length, ISO_8859_1).lines().findFirst().orElse("");
        boolean text = !line.isEmpty() && line.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        if (!text) {
            return "bytes " + ByteBufUtil.hexDump(bytes, 0, Math.min(length, 16));
        }
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...";
    }

    private static byte[] bytes(Preamble preamble) {
        ByteBuf out = Unpooled.buffer();
        preamble.records().forEach(one -> FramingEncoder.encode(one, out));
        return ByteBufUtil.getBytes(out);
    }
}
