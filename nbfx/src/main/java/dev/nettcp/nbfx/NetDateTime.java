package dev.nettcp.nbfx;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A date and time as .NET has it, [MC-NBFX] 2.2.3.10.
 *
 * @param ticks units of 100 ns since 0001-01-01T00:00:00 in the proleptic Gregorian calendar; of UTC for the kind local
 * @param kind what the ticks are the time of
 */
public record NetDateTime(long ticks, Kind kind) {
    /** What a time is the time of. */
    public enum Kind {
        /** Some place that both sides know. */
        UNSPECIFIED(0),
        UTC(1),
        /** A moment that its reader shows in his own zone. */
        LOCAL(2);

        private final long bits;

        Kind(long bits) {
            this.bits = bits;
        }

        /** 3 is local too; .NET uses it itself for an hour that the end of summer time brings twice. */
        static Kind of(int bits) {
            return bits == 0 ? UNSPECIFIED : bits == 1 ? UTC : LOCAL;
        }
    }

    /** 9999-12-31T23:59:59.9999999. */
    public static final long MAX_TICKS = 3_155_378_975_999_999_999L;

    static final long TICKS_PER_SECOND = 10_000_000;

    private static final long UNIX_EPOCH = 621_355_968_000_000_000L;
    private static final int NANOS_PER_TICK = 100;

    public NetDateTime {
        if (ticks < 0 || ticks > MAX_TICKS) {
            throw new IllegalArgumentException(ticks + " ticks are not between the years 1 and 9999");
        }
    }

    /** A moment, in UTC; what is smaller than 100 ns is cut off. */
    public static NetDateTime of(Instant moment) {
        return new NetDateTime(ticks(moment.getEpochSecond(), moment.getNano()), Kind.UTC);
    }

    /** A time of no particular zone; what is smaller than 100 ns is cut off. */
    public static NetDateTime of(LocalDateTime time) {
        return new NetDateTime(of(time.toInstant(ZoneOffset.UTC)).ticks, Kind.UNSPECIFIED);
    }

    private static long ticks(long epochSecond, int nanos) {
        long seconds = Math.addExact(epochSecond, UNIX_EPOCH / TICKS_PER_SECOND);
        return Math.addExact(Math.multiplyExact(seconds, TICKS_PER_SECOND), nanos / NANOS_PER_TICK);
    }

    /**
     * The moment.
     *
     * @throws IllegalStateException if the kind is unspecified: only the program knows of which zone it is
     */
    public Instant toInstant() {
        if (kind == Kind.UNSPECIFIED) {
            throw new IllegalStateException("a time of unspecified kind is no moment without a zone");
        }
        return Instant.ofEpochSecond(unixSecond(), nanos());
    }

    /** The ticks as date and time: of UTC for the kinds UTC and local. */
    public LocalDateTime toLocalDateTime() {
        return LocalDateTime.ofEpochSecond(unixSecond(), nanos(), ZoneOffset.UTC);
    }

    private long unixSecond() {
        return Math.floorDiv(ticks - UNIX_EPOCH, TICKS_PER_SECOND);
    }

    private int nanos() {
        return NANOS_PER_TICK * (int) (ticks % TICKS_PER_SECOND);
    }

    /** The 64 bits of a record: two bits of kind, 62 bits of ticks. */
    long bits() {
        return (kind.bits << 62) | ticks;
    }
}
