package dev.nettcp.cli.codec;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Bytes written as text. */
enum ByteText {
    /** Digits with space, line feeds, commas, colons and hyphens between them; {@code 0x} may stand in front. */
    HEX {
        @Override
        byte[] bytes(String text) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int high = -1;
            int start = text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
            for (int at = start; at < text.length(); at++) {
                char c = text.charAt(at);
                if (isBetween(c)) {
                    continue;
                }
                int digit = c < 0x80 ? Character.digit(c, 16) : -1;
                if (digit < 0) {
                    throw new IllegalArgumentException(
                            "character %d is %s, not a hexadecimal digit".formatted(at + 1, shown(c)));
                }
                if (high >= 0) {
                    bytes.write(high << 4 | digit);
                    high = -1;
                } else {
                    high = digit;
                }
            }
            if (high >= 0) {
                throw new IllegalArgumentException("an odd number of hexadecimal digits: one is missing or too many");
            }
            return bytes.toByteArray();
        }

        @Override
        String text(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    },
    /** RFC 4648, with line feeds; its alphabet for URLs, too, and the padding may be absent. */
    BASE64 {
        @Override
        byte[] bytes(String text) {
            String compact = text.replaceAll("\\s+", "").replace('-', '+').replace('_', '/');
            try {
                return Base64.getDecoder().decode(compact);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("no base64: " + e.getMessage(), e);
            }
        }

        @Override
        String text(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    };

    /** @throws IllegalArgumentException with what is wrong, and where */
    abstract byte[] bytes(String text);

    abstract String text(byte[] bytes);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isBetween(char c) {
        return Character.isWhitespace(c) || c == ',' || c == ':' || c == '-';
    }

    private static String shown(char c) {
        return c > ' ' && c < 0x7F ? "'" + c + "'" : "U+%04X".formatted((int) c);
    }

    /** Whether text may be hexadecimal: digits, and what may be between them. */
    static boolean looksLikeHex(String text) {
        return text.chars().allMatch(c -> isBetween((char) c) || c == 'x' || (c < 0x80 && Character.digit(c, 16) >= 0));
    }

    static boolean looksLikeBase64(String text) {
        return text.chars()
                .allMatch(c -> Character.isWhitespace(c)
                        || (c < 0x80 && Character.isLetterOrDigit(c))
                        || "+/-_=".indexOf(c) >= 0);
    }
}
