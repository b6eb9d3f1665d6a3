package dev.nettcp.sharing;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * 16 random bytes that tie a lane to the registration that was given them. Compared in constant time and never printed:
 * who knows the token receives the registration's connections.
 */
public final class LaneToken {
    public static final int SIZE = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private LaneToken(byte[] bytes) {
        this.bytes = bytes;
    }

    public static LaneToken random() {
        byte[] bytes = new byte[SIZE];
        RANDOM.nextBytes(bytes);
        return new LaneToken(bytes);
    }

    /**
     * A token of the given bytes, which are copied.
     *
     * @throws IllegalArgumentException if they are not exactly 16
     */
    public static LaneToken of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a lane token has 16 bytes, not " + bytes.length);
        }
        return new LaneToken(bytes.clone());
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LaneToken token && MessageDigest.isEqual(bytes, token.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "LaneToken[hidden]";
    }
}
