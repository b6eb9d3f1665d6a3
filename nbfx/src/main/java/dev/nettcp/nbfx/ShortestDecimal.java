package dev.nettcp.nbfx;

import java.math.BigInteger;

/**
 * The shortest decimal number that reads back as the same binary one, and of these the closest: the digits .NET prints.
 *
 * <p>The method is Raffaello Giulietti's "The Schubfach way to render doubles": scale the number and the two borders of what
 * rounds to it by a power of ten so that an integer of 17 digits (9 for a float) remains, and look whether a multiple of ten
 * lies between the borders. 128 bits of the power are enough if what falls off is remembered as one sticky bit.
 */
final class ShortestDecimal {
    private static final int MIN_POWER = -292;
    private static final int MAX_POWER = 324;
    private static final long[] POWERS = powers();

    private long digits;
    private int exponent;

    /** The digits of a positive finite number, without zeros at their end. */
    long digits() {
        return digits;
    }

    /** The power of ten the digits are multiplied with. */
    int exponent() {
        return exponent;
    }

    void of(double positive) {
        long bits = Double.doubleToRawLongBits(positive);
        long fraction = bits & ((1L << 52) - 1);
        int biased = (int) (bits >>> 52);
        boolean subnormal = biased == 0;
        find(
                subnormal ? fraction : fraction | (1L << 52),
                (subnormal ? 1 : biased) - 1075,
                fraction == 0 && biased > 1);
    }

    void of(float positive) {
        int bits = Float.floatToRawIntBits(positive);
        int fraction = bits & ((1 << 23) - 1);
        int biased = bits >>> 23;
        boolean subnormal = biased == 0;
        find(subnormal ? fraction : fraction | (1 << 23), (subnormal ? 1 : biased) - 150, fraction == 0 && biased > 1);
    }

    /** For c * 2^q; at a power of two the lower neighbour is only half as far away as the upper one. */
    private void find(long c, int q, boolean lowerIsCloser) {
        int k = lowerIsCloser ? floorLog10ThreeQuartersPow2(q) : floorLog10Pow2(q);
        int h = q + floorLog2Pow10(-k) + 1;
        int power = 2 * (-k - MIN_POWER);
        long high = POWERS[power];
        long low = POWERS[power + 1];
        long odd = c & 1; // borders belong to the even one of two neighbours
        long lower = scaled(high, low, (4 * c - (lowerIsCloser ? 1 : 2)) << h) + odd;
        long middle = scaled(high, low, (4 * c) << h);
        long upper = scaled(high, low, (4 * c + 2) << h) - odd;

        long s = middle >>> 2;
        if (s >= 10) {
            long tens = s / 10;
            boolean below = lower <= 40 * tens;
            boolean above = 40 * tens + 40 <= upper;
            if (below != above) {
                finish(above ? tens + 1 : tens, k + 1);
                return;
            }
        }
        boolean below = lower <= 4 * s;
        boolean above = 4 * s + 4 <= upper;
        boolean up = below != above ? above : middle > 4 * s + 2 || (middle == 4 * s + 2 && (s & 1) == 1);
        finish(up ? s + 1 : s, k);
    }

    private void finish(long found, int power) {
        long rest = found;
        int zeros = 0;
        for (; rest % 10 == 0; rest /= 10) {
            zeros++;
        }
        digits = rest;
        exponent = power + zeros;
    }

    /** The upper 64 bits of the product of 128 and 64 bits, odd if anything was cut off. */
    private static long scaled(long high, long low, long factor) {
        long carry = unsignedMultiplyHigh(low, factor);
        long middle = high * factor + carry;
        long top = unsignedMultiplyHigh(high, factor) + (Long.compareUnsigned(middle, carry) < 0 ? 1 : 0);
        return Long.compareUnsigned(middle, 1) > 0 ? top | 1 : top;
    }

    private static long unsignedMultiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    private static int floorLog10Pow2(int e) {
        return (e * 1262611) >> 22;
    }

    private static int floorLog10ThreeQuartersPow2(int e) {
        return (e * 1262611 - 524031) >> 22;
    }

    private static int floorLog2Pow10(int e) {
        return (e * 1741647) >> 19;
    }

    /** The leading 128 bits of each power of ten, rounded up. */
    private static long[] powers() {
        long[] powers = new long[2 * (MAX_POWER - MIN_POWER + 1)];
        for (int k = MIN_POWER; k <= MAX_POWER; k++) {
            BigInteger power = BigInteger.TEN.pow(Math.abs(k));
            BigInteger leading = k >= 0 ? leading(power) : reciprocal(power);
            powers[2 * (k - MIN_POWER)] = leading.shiftRight(64).longValue();
            powers[2 * (k - MIN_POWER) + 1] = leading.longValue();
        }
        return powers;
    }

    private static BigInteger leading(BigInteger power) {
        int excess = power.bitLength() - 128;
        if (excess <= 0) {
            return power.shiftLeft(-excess);
        }
        BigInteger cut = power.shiftRight(excess);
        return power.getLowestSetBit() < excess ? cut.add(BigInteger.ONE) : cut;
    }

    private static BigInteger reciprocal(BigInteger power) {
        return BigInteger.ONE.shiftLeft(power.bitLength() + 127).divide(power).add(BigInteger.ONE);
    }
}
