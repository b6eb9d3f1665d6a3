package dev.nettcp.nbfx;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LexicalTest {
    private static final int ROUNDS = 10_000;

    @Test
    void doublesHaveTheShortestDigitsThatReadBackAndOfTheseTheClosest() {
        Random random = new Random(1);
        for (int k = 0; k < ROUNDS; k++) {
            double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (value != 0 && !Double.isInfinite(value) && !Double.isNaN(value)) {
                checkDouble(value);
            }
        }
    }

    @Test
    void doublesAtBordersHaveTheShortestDigitsToo() {
        for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
            double power = Math.scalb(1.0, exponent);
            checkDouble(power);
            checkDouble(Math.nextUp(power));
            checkDouble(Math.nextDown(power) == 0 ? power : Math.nextDown(power));
        }
        for (int exponent = -324; exponent <= 308; exponent++) {
            checkDouble(Math.max(Double.MIN_VALUE, Double.parseDouble("1e" + exponent)));
        }
        checkDouble(Double.MAX_VALUE);
    }

    private static void checkDouble(double value) {
        ShortestDecimal shortest = new ShortestDecimal();
        shortest.of(value);
        BigDecimal found = BigDecimal.valueOf(shortest.digits()).scaleByPowerOfTen(shortest.exponent());
        assertThat(found.doubleValue()).isEqualTo(value);
        BigDecimal exact = new BigDecimal(value);
        int precision = found.precision();
        if (precision > 1) {
            assertThat(rounded(exact, precision - 1, RoundingMode.DOWN).doubleValue())
                    .isNotEqualTo(value);
            assertThat(rounded(exact, precision - 1, RoundingMode.UP).doubleValue())
                    .isNotEqualTo(value);
        }
        BigDecimal distance = found.subtract(exact).abs();
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
            BigDecimal other = rounded(exact, precision, mode);
            if (other.doubleValue() == value) {
                assertThat(distance).isLessThanOrEqualTo(other.subtract(exact).abs());
            }
        }
    }

    @Test
    void floatsHaveTheShortestDigitsThatReadBackAndOfTheseTheClosest() {
        Random random = new Random(2);
        for (int k = 0; k < ROUNDS; k++) {
            float value = Math.abs(Float.intBitsToFloat(random.nextInt()));
            if (value != 0 && !Float.isInfinite(value) && !Float.isNaN(value)) {
                checkFloat(value);
            }
        }
        for (int exponent = Float.MIN_EXPONENT - 23; exponent <= Float.MAX_EXPONENT; exponent++) {
            float power = Math.scalb(1.0f, exponent);
            checkFloat(power);
            checkFloat(Math.nextUp(power));
        }
    }

    private static void checkFloat(float value) {
        ShortestDecimal shortest = new ShortestDecimal();
        shortest.of(value);
        BigDecimal found = BigDecimal.valueOf(shortest.digits()).scaleByPowerOfTen(shortest.exponent());
        assertThat(Float.parseFloat(found.toString())).isEqualTo(value);
        BigDecimal exact = new BigDecimal(value);
        int precision = found.precision();
        if (precision > 1) {
            assertThat(Float.parseFloat(
                            rounded(exact, precision - 1, RoundingMode.DOWN).toString()))
                    .isNotEqualTo(value);
            assertThat(Float.parseFloat(
                            rounded(exact, precision - 1, RoundingMode.UP).toString()))
                    .isNotEqualTo(value);
        }
        BigDecimal nearest = rounded(exact, precision, RoundingMode.HALF_EVEN);
        if (Float.parseFloat(nearest.toString()) == value) {
            assertThat(found.subtract(exact).abs())
                    .isLessThanOrEqualTo(nearest.subtract(exact).abs());
        }
    }

    private static BigDecimal rounded(BigDecimal exact, int precision, RoundingMode mode) {
        return exact.round(new MathContext(precision, mode));
    }

    @Test
    void numbersLookAsInDotNet() {
        assertThat(Lexical.ofDouble(1e16)).isEqualTo("10000000000000000");
        assertThat(Lexical.ofDouble(1e17)).isEqualTo("1E+17");
        assertThat(Lexical.ofDouble(0.0001)).isEqualTo("0.0001");
        assertThat(Lexical.ofDouble(0.00001)).isEqualTo("1E-05");
        assertThat(Lexical.ofDouble(-1.5e100)).isEqualTo("-1.5E+100");
        assertThat(Lexical.ofDouble(Double.MIN_VALUE)).isEqualTo("5E-324");
        assertThat(Lexical.ofDouble(-0.0)).isEqualTo("-0");
        assertThat(Lexical.ofFloat(0x1.d6f346p26f)).isEqualTo("123456790");
        assertThat(Lexical.ofFloat(1e9f)).isEqualTo("1E+09");
        assertThat(Lexical.ofFloat((float) 0x1p31)).isEqualTo("2.1474836E+09");
        assertThat(Lexical.ofFloat(Float.NEGATIVE_INFINITY)).isEqualTo("-INF");
    }
}
