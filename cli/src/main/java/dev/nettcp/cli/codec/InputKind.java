package dev.nettcp.cli.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nettcp.cli.CommandFailed;
import java.util.Locale;

/** How the bytes of an input are written. */
enum InputKind {
    /** Whatever it looks like. */
    AUTO,
    HEX,
    BASE64,
    /** The bytes themselves. */
    BINARY,
    /** A packet file, or a recorded conversation. */
    CAPTURE;

    /** What bytes look like that may be anything but a capture: binary XML always has control characters. */
    static InputKind of(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        if (text.isBlank()) {
            throw new CommandFailed("the input is empty");
        }
        if (text.chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c))) {
            return BINARY;
        }
        if (text.stripLeading().startsWith("<") || text.startsWith("\u00EF\u00BB\u00BF<")) { // or a byte order mark
            throw new CommandFailed("the input is XML text already; 'nettcp encode' makes binary XML of it");
        }
        if (text.chars().anyMatch(c -> c >= 0x7F)) {
            return BINARY;
        }
        if (ByteText.looksLikeHex(text)) {
            return HEX;
        }
        if (ByteText.looksLikeBase64(text)) {
            return BASE64;
        }
        throw new CommandFailed(
                "the input is neither a capture nor binary XML, hexadecimal digits or base64; say with --from what it is");
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
