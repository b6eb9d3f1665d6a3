package dev.nettcp.nbfx;

/**
 * What the first byte of a record says, [MC-NBFX] 2.2: 256-entry tables, grown from the ranges of the specification.
 *
 * <p>An odd text record is the even one below it plus the end of the current element; the tables of content describe both.
 */
final class RecordType {
    static final int END_ELEMENT = 0x01;
    static final int COMMENT = 0x02;
    static final int ARRAY = 0x03;
    static final int SHORT_ATTRIBUTE = 0x04;
    static final int ATTRIBUTE = 0x05;
    static final int SHORT_DICTIONARY_ATTRIBUTE = 0x06;
    static final int DICTIONARY_ATTRIBUTE = 0x07;
    static final int SHORT_XMLNS_ATTRIBUTE = 0x08;
    static final int XMLNS_ATTRIBUTE = 0x09;
    static final int SHORT_DICTIONARY_XMLNS_ATTRIBUTE = 0x0A;
    static final int DICTIONARY_XMLNS_ATTRIBUTE = 0x0B;
    static final int PREFIX_DICTIONARY_ATTRIBUTE_A = 0x0C;
    static final int PREFIX_ATTRIBUTE_A = 0x26;
    static final int SHORT_ELEMENT = 0x40;
    static final int ELEMENT = 0x41;
    static final int SHORT_DICTIONARY_ELEMENT = 0x42;
    static final int DICTIONARY_ELEMENT = 0x43;
    static final int PREFIX_DICTIONARY_ELEMENT_A = 0x44;
    static final int PREFIX_ELEMENT_A = 0x5E;

    static final int ZERO = 0x80;
    static final int ONE = 0x82;
    static final int FALSE = 0x84;
    static final int TRUE = 0x86;
    static final int INT8 = 0x88;
    static final int INT16 = 0x8A;
    static final int INT32 = 0x8C;
    static final int INT64 = 0x8E;
    static final int FLOAT = 0x90;
    static final int DOUBLE = 0x92;
    static final int DECIMAL = 0x94;
    static final int DATE_TIME = 0x96;
    static final int CHARS8 = 0x98;
    static final int CHARS16 = 0x9A;
    static final int CHARS32 = 0x9C;
    static final int BYTES8 = 0x9E;
    static final int BYTES16 = 0xA0;
    static final int BYTES32 = 0xA2;
    static final int START_LIST = 0xA4;
    static final int END_LIST = 0xA6;
    static final int EMPTY = 0xA8;
    static final int DICTIONARY = 0xAA;
    static final int UNIQUE_ID = 0xAC;
    static final int TIME_SPAN = 0xAE;
    static final int UUID = 0xB0;
    static final int UINT64 = 0xB2;
    static final int BOOL = 0xB4;
    static final int UNICODE_CHARS8 = 0xB6;
    static final int UNICODE_CHARS16 = 0xB8;
    static final int UNICODE_CHARS32 = 0xBA;
    static final int QNAME_DICTIONARY = 0xBC;

    /** The kinds of record a reader tells apart. */
    static final byte KIND_RESERVED = 0;

    static final byte KIND_END_ELEMENT = 1;
    static final byte KIND_COMMENT = 2;
    static final byte KIND_ARRAY = 3;
    static final byte KIND_ATTRIBUTE = 4;
    static final byte KIND_XMLNS = 5;
    static final byte KIND_ELEMENT = 6;
    static final byte KIND_TEXT = 7;

    /** Where the prefix of an element or attribute comes from: 0 to 25 is its letter. */
    static final byte NO_PREFIX = -1;

    static final byte INLINE_PREFIX = -2;

    /** How the content of a text record is measured: 0 and more is its fixed size. */
    static final byte LENGTH8 = -1;

    static final byte LENGTH16 = -2;
    static final byte LENGTH32 = -3;
    static final byte ID = -4;
    static final byte LETTER_AND_ID = -5;
    static final byte LIST = -6;

    static final byte[] KIND = new byte[256];
    static final byte[] PREFIX = new byte[256];
    static final boolean[] NAME_BY_ID = new boolean[256];
    static final byte[] CONTENT = new byte[256];

    static {
        KIND[END_ELEMENT] = KIND_END_ELEMENT;
        KIND[COMMENT] = KIND_COMMENT;
        KIND[ARRAY] = KIND_ARRAY;
        names(SHORT_ATTRIBUTE, PREFIX_DICTIONARY_ATTRIBUTE_A, PREFIX_ATTRIBUTE_A, KIND_ATTRIBUTE);
        names(SHORT_ELEMENT, PREFIX_DICTIONARY_ELEMENT_A, PREFIX_ELEMENT_A, KIND_ELEMENT);
        for (int form = 0; form < 4; form++) {
            named(SHORT_XMLNS_ATTRIBUTE + form, KIND_XMLNS, form % 2 == 0 ? NO_PREFIX : INLINE_PREFIX, form >= 2);
        }

        texts(0, ZERO, ONE, FALSE, TRUE, EMPTY);
        texts(1, INT8, BOOL);
        texts(2, INT16);
        texts(4, INT32, FLOAT);
        texts(8, INT64, UINT64, DOUBLE, DATE_TIME, TIME_SPAN);
        texts(16, DECIMAL, UUID, UNIQUE_ID);
        texts(LENGTH8, CHARS8, BYTES8, UNICODE_CHARS8);
        texts(LENGTH16, CHARS16, BYTES16, UNICODE_CHARS16);
        texts(LENGTH32, CHARS32, BYTES32, UNICODE_CHARS32);
        texts(ID, DICTIONARY);
        texts(LETTER_AND_ID, QNAME_DICTIONARY);
        KIND[START_LIST] = KIND_TEXT;
        CONTENT[START_LIST] = LIST;
    }

    private RecordType() {}

    private static void names(int first, int letterById, int letterInline, byte kind) {
        named(first, kind, NO_PREFIX, false);
        named(first + 1, kind, INLINE_PREFIX, false);
        named(first + 2, kind, NO_PREFIX, true);
        named(first + 3, kind, INLINE_PREFIX, true);
        for (byte letter = 0; letter < 26; letter++) {
            named(letterById + letter, kind, letter, true);
            named(letterInline + letter, kind, letter, false);
        }
    }

    private static void named(int type, byte kind, byte prefix, boolean byId) {
        KIND[type] = kind;
        PREFIX[type] = prefix;
        NAME_BY_ID[type] = byId;
    }

    private static void texts(int content, int... types) {
        for (int type : types) {
            KIND[type] = KIND_TEXT;
            KIND[type + 1] = KIND_TEXT;
            CONTENT[type] = (byte) content;
            CONTENT[type + 1] = (byte) content;
        }
    }

    static boolean isBytes(int even) {
        return even == BYTES8 || even == BYTES16 || even == BYTES32;
    }

    static boolean isChars(int even) {
        return even == CHARS8 || even == CHARS16 || even == CHARS32;
    }

    static boolean isUnicodeChars(int even) {
        return even == UNICODE_CHARS8 || even == UNICODE_CHARS16 || even == UNICODE_CHARS32;
    }

    /** The size of one raw value in an array of this (odd) type; 0 if arrays of it do not exist. [MC-NBFX] 2.2.3.1 */
    static int arrayItemSize(int odd) {
        return switch (odd - 1) {
            case BOOL -> 1;
            case INT16 -> 2;
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE, DATE_TIME, TIME_SPAN -> 8;
            case DECIMAL, UUID -> 16;
            default -> 0;
        };
    }
}
