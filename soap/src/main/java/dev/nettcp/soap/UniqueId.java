package dev.nettcp.soap;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Names a message: the value of MessageID and RelatesTo. An id of the form {@code urn:uuid:} with lower-case digits is
 * held as a number and takes 16 bytes on the wire, any other one is text. Equality is that of the text.
 */
public final class UniqueId {
    private static final String PREFIX = "urn:uuid:";
    private static final int UUID_LENGTH = 36;

    private static final long PROCESS = (new SecureRandom().nextLong() & ~0xF000L) | 0x4000L; // version 4: random
    private static final AtomicLong COUNTER = new AtomicLong(new SecureRandom().nextLong());

    private final @Nullable UUID uuid;
    private final @Nullable String text;

    private UniqueId(@Nullable UUID uuid, @Nullable String text) {
        this.uuid = uuid;
        this.text = text;
    }

    /**
     * An id that was never used before: random bits of this process and a counter with a random start. It need not be
     * hard to guess, and it is needed for every call, so that the generator of random numbers is not asked each time.
     */
    public static UniqueId next() {
        return of(new UUID(PROCESS, (COUNTER.incrementAndGet() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE));
    }

    /** The id {@code urn:uuid:} followed by {@code uuid}. */
    public static UniqueId of(UUID uuid) {
        return new UniqueId(uuid, null);
    }

    /** The id with this text, which may be any URI. */
    public static UniqueId parse(String text) {
        UUID uuid = uuidOf(text);
        return uuid == null ? new UniqueId(null, text) : new UniqueId(uuid, null);
    }

    private static @Nullable UUID uuidOf(String text) {
        if (text.length() != PREFIX.length() + UUID_LENGTH || !text.startsWith(PREFIX)) {
            return null;
        }
        for (int i = PREFIX.length(); i < text.length(); i++) {
            if (!isUuidCharacter(text.charAt(i), i - PREFIX.length())) {
                return null;
            }
        }
        return UUID.fromString(text.substring(PREFIX.length()));
    }

    private static boolean isUuidCharacter(char c, int position) {
        return switch (position) {
            case 8, 13, 18, 23 -> c == '-';
            default -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        };
    }

    /** The UUID, if the id is one. */
    public Optional<UUID> uuid() {
        return Optional.ofNullable(uuid);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UniqueId that && (uuid == null ? toString().equals(that.text) : uuid.equals(that.uuid));
    }

    @Override
    public int hashCode() {
        return uuid == null ? toString().hashCode() : uuid.hashCode();
    }

    /** The text of the id. */
    @Override
    public String toString() {
        return text == null ? PREFIX + uuid : text;
    }
}
