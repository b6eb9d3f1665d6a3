package dev.nettcp.nbfx;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which unique ids fit into 16 bytes. */
final class UniqueIds {
    private static final String PREFIX = "urn:uuid:";
    private static final int LENGTH = PREFIX.length() + 36;

    private UniqueIds() {}

    /** The UUID that reads back as exactly this text and is not all zero; null if there is none. */
    static @Nullable UUID uuid(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int k = 0; k < 36; k++) {
            char c = text.charAt(PREFIX.length() + k);
            if (k == 8 || k == 13 || k == 18 || k == 23) {
                if (c != '-') {
                    return null;
                }
                continue;
            }
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0) {
                return null;
            }
            if (k < 18) {
                high = (high << 4) | digit;
            } else {
                low = (low << 4) | digit;
            }
        }
        return (high | low) == 0 ? null : new UUID(high, low);
    }
}
