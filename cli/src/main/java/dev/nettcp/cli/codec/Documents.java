package dev.nettcp.cli.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nettcp.cli.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The binary messages of an input. */
final class Documents {
    private static final int MAX_BYTES = 64 << 20;

    private Documents() {}

    /** All that a stream has. */
    static byte[] read(InputStream in, String title) {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new CommandFailed(
                        "%s has more than %d bytes, the most that is read as one document".formatted(title, MAX_BYTES));
            }
            return bytes;
        } catch (IOException e) {
            throw new CommandFailed("%s cannot be read: %s".formatted(title, e.getMessage()), e);
        }
    }

    /**
     * The messages that these bytes are or say.
     *
     * @param byLine whether each line of text is a message of its own
     */
    static List<byte[]> of(byte[] input, InputKind said, boolean byLine, String title) {
        InputKind kind = said == InputKind.AUTO ? InputKind.of(input) : said;
        if (kind == InputKind.BINARY) {
            return List.of(input);
        }
        ByteText written = kind == InputKind.HEX ? ByteText.HEX : ByteText.BASE64;
        String text = new String(input, US_ASCII);
        List<String> messages =
                byLine ? text.lines().filter(line -> !line.isBlank()).toList() : List.of(text.strip());
        int line = 0;
        List<byte[]> documents = new ArrayList<>();
        for (String message : messages) {
            line++;
            try {
                documents.add(written.bytes(message));
            } catch (IllegalArgumentException e) {
                throw new CommandFailed(
                        "%s%s: %s".formatted(title, byLine ? ", message " + line : "", e.getMessage()), e);
            }
        }
        return documents;
    }
}
