package dev.nettcp.nbfx;

/** The prefixes one meets: none, and the letters from a to z. They have numbers, which records and tables go by. */
final class ShortPrefix {
    /** What the empty prefix has; letters follow. */
    static final int EMPTY = 0;

    /** How many there are. */
    static final int COUNT = 1 + 26;

    /** What other prefixes have instead of a number. */
    static final int NONE = -1;

    private static final String[] TEXTS = new String[COUNT];

    static {
        TEXTS[EMPTY] = "";
        for (int number = 1; number < COUNT; number++) {
            TEXTS[number] = String.valueOf((char) ('a' + number - 1)).intern();
        }
    }

    private ShortPrefix() {}

    /** The interned prefix that has a number. */
    static String text(int number) {
        return TEXTS[number];
    }

    /** 0 for the empty prefix, 1 for a, 26 for z, else {@link #NONE}. */
    static int of(String prefix) {
        if (prefix.length() > 1) {
            return NONE;
        }
        if (prefix.isEmpty()) {
            return EMPTY;
        }
        int letter = prefix.charAt(0) - 'a';
        return letter >= 0 && letter < 26 ? 1 + letter : NONE;
    }
}
