package dev.nettcp.sharing;

/**
 * Text that came from a peer, as it may stand in one line of a log or on a terminal: what would end the line, move the cursor or
 * turn the direction of writing is escaped, and what is too long is cut.
 */
public final class PeerText {
    /** Longest text that is shown, in characters. */
    static final int MAX_SHOWN = 200;

    private PeerText() {}

    /** The text in one harmless line; a line feed becomes a backslash, {@code u} and {@code 000A}. */
    public static String shown(String text) {
        boolean cut = text.length() > MAX_SHOWN;
        StringBuilder shown = new StringBuilder(Math.min(text.length(), MAX_SHOWN) + 16);
        text.chars().limit(MAX_SHOWN).forEach(character -> append(shown, (char) character));
        return cut
                ? shown.append("… (")
                        .append(text.length())
                        .append(" characters)")
                        .toString()
                : shown.toString();
    }

    private static void append(StringBuilder shown, char character) {
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> shown.append("\\u%04X".formatted((int) character));
            default -> shown.append(character);
        }
    }
}
