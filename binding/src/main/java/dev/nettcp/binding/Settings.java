package dev.nettcp.binding;

import java.time.Duration;

/** Checks that the records of settings share. */
final class Settings {
    private Settings() {}

    static int positive(int value, String setting) {
        if (value <= 0) {
            throw new InvalidBindingException(setting, value + " is not allowed, it must be positive");
        }
        return value;
    }

    static long positive(long value, String setting) {
        if (value <= 0) {
            throw new InvalidBindingException(setting, value + " is not allowed, it must be positive");
        }
        return value;
    }

    static Duration positive(Duration value, String setting) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidBindingException(setting, value + " is not allowed, it must be longer than zero");
        }
        return value;
    }
}
